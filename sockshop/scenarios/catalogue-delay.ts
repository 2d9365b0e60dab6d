import { FaultInjection, type Scenario } from '../../constructs';
import { SockShop } from '../app';

export const catalogueDelay: Scenario = {
  name: 'catalogue-delay',
  about: 'Every call of the catalogue takes 30 s longer; the socks appear after that.',
  build: (chart) => {
    const { catalogue } = new SockShop(chart, 'sock-shop');
    new FaultInjection(chart, 'catalogue-delay', { service: catalogue, delay: { time: '30s' } });
  },
};
