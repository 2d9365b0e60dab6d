import { type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const v3: Scenario = {
  name: 'v3',
  about: 'Every page shows red stars.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v3: 100 } });
  },
};
