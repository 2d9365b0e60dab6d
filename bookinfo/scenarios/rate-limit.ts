import { GlobalRateLimit, LocalRateLimit, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const rateLimit: Scenario = {
  name: 'rate-limit',
  about:
    'Each pod of the page takes 100 requests a minute, 10 of them for the page itself; all gateways together let 1000 a minute in.',
  findings: ['internal-api', 'internal-api'],
  build: (chart) => {
    const { gateway, productpage } = new Bookinfo(chart, 'bookinfo');
    new LocalRateLimit(chart, 'productpage-limit', {
      target: productpage,
      requests: 100,
      per: '60s',
      paths: [{ path: '/productpage', requests: 10, per: '60s' }],
    });
    new GlobalRateLimit(chart, 'bookinfo-limit', {
      gateway,
      limits: [{ by: [{ all: 'visitors' }], requests: 1000, unit: 'minute' }],
    });
  },
};
