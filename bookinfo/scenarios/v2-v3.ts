import { type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const v2V3: Scenario = {
  name: 'v2-v3',
  about: 'Half the pages show black stars, half red ones.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v2: 50, v3: 50 } });
  },
};
