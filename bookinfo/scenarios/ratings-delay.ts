import { FaultInjection, header, type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const ratingsDelay: Scenario = {
  name: 'ratings-delay',
  about:
    'For jason every call of ratings takes 7 s longer; the page gives up after 6 s and says that reviews are not available.',
  build: (chart) => {
    const { ratings } = new Bookinfo(chart, 'bookinfo');
    new FaultInjection(chart, 'ratings-delay', {
      service: ratings,
      match: header('end-user').exact('jason'),
      delay: { time: '7s' },
    });
    new TrafficSplit(chart, 'ratings', { service: ratings, weights: { v1: 100 } });
  },
};
