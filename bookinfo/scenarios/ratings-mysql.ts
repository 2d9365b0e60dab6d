import { type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const ratingsMysql: Scenario = {
  name: 'ratings-mysql',
  about: 'The ratings come from MySQL: 5 and 4 stars. The Secret mysql-credentials must exist.',
  build: (chart) => {
    const { reviews, ratings } = new Bookinfo(chart, 'bookinfo', { ratingsStorage: 'mysql' });
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v3: 100 } });
    new TrafficSplit(chart, 'ratings', { service: ratings, weights: { 'v2-mysql': 100 } });
  },
};
