import { FaultInjection, header, type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const ratingsAbort: Scenario = {
  name: 'ratings-abort',
  about: 'For jason every call of ratings is answered with 500; the page says that ratings are not available.',
  build: (chart) => {
    const { ratings } = new Bookinfo(chart, 'bookinfo');
    new FaultInjection(chart, 'ratings-abort', {
      service: ratings,
      match: header('end-user').exact('jason'),
      abort: { httpStatus: 500 },
    });
    new TrafficSplit(chart, 'ratings', { service: ratings, weights: { v1: 100 } });
  },
};
