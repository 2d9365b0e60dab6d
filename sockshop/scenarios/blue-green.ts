import { BlueGreen, type Scenario } from '../../constructs';
import { FRONT_END_V2 } from './front-end-v2';
import { SockShop } from '../app';

export const blueGreen: Scenario = {
  name: 'blue-green',
  about: 'The front end is switched to v2 at once; v1 stays ready, and x-preview: v1 still shows it.',
  build: (chart) => {
    const { frontEnd } = new SockShop(chart, 'sock-shop', { frontEndV2Image: FRONT_END_V2 });
    new BlueGreen(chart, 'front-end', { service: frontEnd, active: 'v2', preview: { version: 'v1' } });
  },
};
