import { LoadBalancing, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const userHash: Scenario = {
  name: 'user-hash',
  about: 'Who is logged in always gets the same pod of reviews, so the stars keep their colour.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new LoadBalancing(chart, 'reviews', {
      service: reviews,
      policy: { consistentHash: { httpHeaderName: 'end-user' } },
    });
  },
};
