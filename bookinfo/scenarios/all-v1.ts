import { type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const allV1: Scenario = {
  name: 'all-v1',
  about: 'Every service answers with its first version: no stars.',
  build: (chart) => {
    const { productpage, details, reviews, ratings } = new Bookinfo(chart, 'bookinfo');
    new TrafficSplit(chart, 'productpage', { service: productpage, weights: { v1: 100 } });
    new TrafficSplit(chart, 'details', { service: details, weights: { v1: 100 } });
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v1: 100 } });
    new TrafficSplit(chart, 'ratings', { service: ratings, weights: { v1: 100 } });
  },
};
