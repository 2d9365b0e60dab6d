import { Canary, type Scenario } from '../../constructs';
import { FRONT_END_V2 } from './front-end-v2';
import { SockShop } from '../app';

export const canary: Scenario = {
  name: 'canary',
  about: 'One page in ten comes from v2 of the front end, from outside and from inside the mesh.',
  build: (chart) => {
    const { frontEnd } = new SockShop(chart, 'sock-shop', { frontEndV2Image: FRONT_END_V2 });
    new Canary(chart, 'front-end', { service: frontEnd, stable: 'v1', candidate: 'v2', percent: 10 });
  },
};
