import { Canary, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const canarySteps: Scenario = {
  name: 'canary-steps',
  about: 'Reviews v3 is at the second of four steps: a quarter of the pages have red stars.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new Canary(chart, 'reviews', {
      service: reviews,
      stable: 'v1',
      candidate: 'v3',
      steps: [5, 25, 50, 100],
      step: 2,
    });
  },
};
