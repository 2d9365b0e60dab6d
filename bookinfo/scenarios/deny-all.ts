import { DenyAll, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const denyAll: Scenario = {
  name: 'deny-all',
  about: 'Nothing in the namespace takes any call: the page answers with 403.',
  build: (chart) => {
    new Bookinfo(chart, 'bookinfo');
    new DenyAll(chart, 'deny-all');
  },
};
