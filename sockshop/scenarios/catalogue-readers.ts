import { AccessPolicy, type Scenario } from '../../constructs';
import { SockShop } from '../app';

export const catalogueReaders: Scenario = {
  name: 'catalogue-readers',
  about: 'Only the front end may read the catalogue, and nobody may change it.',
  build: (chart) => {
    const { catalogue, frontEnd } = new SockShop(chart, 'sock-shop');
    new AccessPolicy(chart, 'catalogue', {
      target: catalogue,
      allow: [{ from: frontEnd, methods: ['GET'], paths: ['/catalogue*', '/tags'] }],
    });
  },
};
