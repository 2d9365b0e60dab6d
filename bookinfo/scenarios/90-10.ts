import { Canary, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const ninetyTen: Scenario = {
  name: '90-10',
  about: 'One page in ten shows the candidate, reviews v2.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new Canary(chart, 'reviews', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
  },
};
