import type { Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const ratingsFaulty: Scenario = {
  name: 'ratings-faulty',
  about: 'Half the calls of ratings fail with 503, and nothing masks it: Istio retries no HTTP status by itself.',
  build: (chart) => {
    new Bookinfo(chart, 'bookinfo', { ratingsFault: 'v-faulty' });
  },
};
