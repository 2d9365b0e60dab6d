import { Canary, type Scenario } from '../../constructs';
import { FRONT_END_V2 } from './front-end-v2';
import { SockShop } from '../app';

export const canaryAffinity: Scenario = {
  name: 'canary-affinity',
  about: 'A quarter of new visitors see v2 of the front end, and every visitor keeps for an hour what came first.',
  build: (chart) => {
    const { frontEnd } = new SockShop(chart, 'sock-shop', { frontEndV2Image: FRONT_END_V2 });
    new Canary(chart, 'front-end', {
      service: frontEnd,
      stable: 'v1',
      candidate: 'v2',
      steps: [5, 25, 50, 100],
      step: 2,
      affinity: { ttl: '1h' },
    });
  },
};
