import { type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const fiftyV3: Scenario = {
  name: '50-v3',
  about: 'Half the pages show no stars, half red ones.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v1: 50, v3: 50 } });
  },
};
