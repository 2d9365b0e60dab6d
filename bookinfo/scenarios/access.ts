import { AccessPolicy, DenyAll, MutualTls, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';
import { BOOKINFO_CALLS } from '../calls';

export const access: Scenario = {
  name: 'access',
  about: 'Every service takes the calls of the call graph and no others; whatever else is tried is answered with 403.',
  build: (chart) => {
    const { gateway, productpage, details, reviews, ratings } = new Bookinfo(chart, 'bookinfo');
    new MutualTls(chart, 'strict', { mode: 'STRICT' });
    new DenyAll(chart, 'deny-all');
    AccessPolicy.fromCalls(chart, 'calls', {
      services: [productpage, details, reviews, ratings],
      calls: BOOKINFO_CALLS,
      gateway,
    });
  },
};
