import { type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const ratingsDb: Scenario = {
  name: 'ratings-db',
  about: 'The ratings come from MongoDB: 5 and 4 stars.',
  build: (chart) => {
    const { reviews, ratings } = new Bookinfo(chart, 'bookinfo', { ratingsStorage: 'mongodb' });
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v3: 100 } });
    new TrafficSplit(chart, 'ratings', { service: ratings, weights: { v2: 100 } });
  },
};
