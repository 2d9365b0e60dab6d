import { LoadBalancing, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const stars: Scenario = {
  name: 'stars',
  about: 'Reloading the page shows no, black and red stars in turn.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new LoadBalancing(chart, 'reviews-in-turn', { service: reviews, policy: { simple: 'ROUND_ROBIN' } });
  },
};
