import { Retry, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const retries: Scenario = {
  name: 'retries',
  about: 'Half the calls of ratings fail with 503, and three more tries mask all but one in sixteen.',
  build: (chart) => {
    const { ratings } = new Bookinfo(chart, 'bookinfo', { ratingsFault: 'v-faulty' });
    new Retry(chart, 'ratings-retry', { service: ratings, attempts: 3, on: ['5xx'], perTryTimeout: '2s' });
  },
};
