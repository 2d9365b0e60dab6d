import { ConnectionPool, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const http2: Scenario = {
  name: 'http2',
  about: 'The page speaks HTTP/1.1, and between the sidecars of the page and of reviews it is HTTP/2.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new ConnectionPool(chart, 'reviews', { service: reviews, pool: { http: { h2UpgradePolicy: 'UPGRADE' } } });
  },
};
