import { type Scenario, TrafficSplit } from '../../constructs';
import { SockShop } from '../app';

export const allV1: Scenario = {
  name: 'all-v1',
  about: 'Every service answers with its first version; the stores are left alone, for they speak no HTTP.',
  build: (chart) => {
    const shop = new SockShop(chart, 'sock-shop');
    const { frontEnd, catalogue, carts, orders, payment, queueMaster, shipping, user } = shop;
    new TrafficSplit(chart, 'front-end', { service: frontEnd, weights: { v1: 100 } });
    for (const service of [catalogue, carts, orders, payment, queueMaster, shipping, user]) {
      new TrafficSplit(chart, service.serviceName, { service, weights: { v1: 100 } });
    }
  },
};
