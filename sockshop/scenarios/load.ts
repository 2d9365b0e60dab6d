import { FortioLoad, type Scenario } from '../../constructs';
import { SockShop } from '../app';

export const load: Scenario = {
  name: 'load',
  about: 'A Job sends twenty requests over three connections to the front end; without a limit all succeed.',
  build: (chart) => {
    const { frontEnd } = new SockShop(chart, 'sock-shop');
    new FortioLoad(chart, 'fortio', { service: frontEnd, as: 'job', connections: 3, requests: 20, qps: 0 });
  },
};
