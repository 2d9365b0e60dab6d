import { AccessPolicy, DenyAll, MutualTls, type Scenario } from '../../constructs';
import { SockShop } from '../app';
import { SOCKSHOP_CALLS } from '../calls';

export const access: Scenario = {
  name: 'access',
  about: 'Every service and store takes the calls of the call graph and no others.',
  build: (chart) => {
    const shop = new SockShop(chart, 'sock-shop');
    new MutualTls(chart, 'strict', { mode: 'STRICT' });
    new DenyAll(chart, 'deny-all');
    AccessPolicy.fromCalls(chart, 'calls', { services: shop.services, calls: SOCKSHOP_CALLS, gateway: shop.gateway });
  },
};
