import { path, Timeout } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it bounds every request', () => {
  const { app, chart, reviews } = shop();
  new Timeout(chart, 'timeout', { service: reviews, timeout: '3s' });
  expect(new Made(app).virtualService('reviews')).toMatchObject({ hosts: [REVIEWS], http: [{ timeout: '3s' }] });
});

test('with a match it bounds those, and stands before one without', () => {
  const { app, chart, reviews } = shop();
  new Timeout(chart, 'all', { service: reviews, timeout: '3s' });
  new Timeout(chart, 'slow', { service: reviews, timeout: '30s', match: path.prefix('/export') });
  const { http } = new Made(app).virtualService('reviews');
  expect(http?.map(({ name, match, timeout }) => [name, match, timeout])).toEqual([
    ['slow', [{ uri: { prefix: '/export' } }], '30s'],
    ['default', undefined, '3s'],
  ]);
});

test('refuses a timeout that the API server would', () => {
  const { app, chart, reviews } = shop();
  new Timeout(chart, 'timeout', { service: reviews, timeout: '0s' });
  expect(errorsOf(app)[0]?.at).toBe('spec.http[0].timeout');
});

test('refuses two for the same requests, and names both', () => {
  const { app, chart, reviews } = shop();
  new Timeout(chart, 'a', { service: reviews, timeout: '1s' });
  new Timeout(chart, 'b', { service: reviews, timeout: '2s' });
  expect(errorsOf(app)[0]?.message).toContain('Both want to set timeout of route "default": [shop/a] and [shop/b]');
});
