import { Canary, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const eightyTwenty: Scenario = {
  name: '80-20',
  about: 'One page in five shows the candidate, reviews v2.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new Canary(chart, 'reviews', { service: reviews, stable: 'v1', candidate: 'v2', percent: 20 });
  },
};
