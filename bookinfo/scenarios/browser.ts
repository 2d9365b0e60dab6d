import { HeaderRoute, path, TrafficSplit, userAgent, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const browser: Scenario = {
  name: 'browser',
  about: 'Firefox gets the red stars of reviews v3, the path /reviews/1 the black ones of v2, everybody else none.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v1: 100 } });
    new HeaderRoute(chart, 'firefox', { service: reviews, match: userAgent.contains('Firefox'), to: 'v3' });
    new HeaderRoute(chart, 'second-book', { service: reviews, match: path.exact('/reviews/1'), to: 'v2' });
  },
};
