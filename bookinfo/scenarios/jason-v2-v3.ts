import { header, HeaderRoute, type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const jasonV2V3: Scenario = {
  name: 'jason-v2-v3',
  about: 'The user jason sees reviews v2 with black stars, everybody else v3 with red ones.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new HeaderRoute(chart, 'reviews-jason', { service: reviews, match: header('end-user').exact('jason'), to: 'v2' });
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v3: 100 } });
  },
};
