import { FaultInjection, type Scenario } from '../../constructs';
import { SockShop } from '../app';

export const catalogueAbort: Scenario = {
  name: 'catalogue-abort',
  about: 'Every call of the catalogue is answered with 500; the shop shows no socks.',
  build: (chart) => {
    const { catalogue } = new SockShop(chart, 'sock-shop');
    new FaultInjection(chart, 'catalogue-abort', { service: catalogue, abort: { httpStatus: 500 } });
  },
};
