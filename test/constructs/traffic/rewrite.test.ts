import { path, Rewrite } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it changes the path of every request', () => {
  const { app, chart, reviews } = shop();
  new Rewrite(chart, 'root', { service: reviews, path: '/' });
  expect(new Made(app).virtualService('reviews')).toEqual({
    hosts: [REVIEWS],
    http: [
      { name: 'default', rewrite: { uri: '/' }, route: [{ destination: { host: REVIEWS, port: { number: 9080 } } }] },
    ],
  });
});

test('with all options it changes path and host of those that match', () => {
  const { app, chart, reviews } = shop();
  new Rewrite(chart, 'regex', {
    service: reviews,
    match: path.prefix('/v1/'),
    authority: 'reviews.internal',
    regex: { match: '^/v1/(.*)$', rewrite: '/\\1' },
  });
  expect(new Made(app).virtualService('reviews').http?.[0]).toMatchObject({
    match: [{ uri: { prefix: '/v1/' } }],
    rewrite: { uriRegexRewrite: { match: '^/v1/(.*)$', rewrite: '/\\1' }, authority: 'reviews.internal' },
  });
});

test('refuses path and regex at once', () => {
  const { chart, reviews } = shop();
  const both = { service: reviews, path: '/', regex: { match: 'a', rewrite: 'b' } };
  // @ts-expect-error one of the two
  new Rewrite(chart, 'both', both);
});

test('refuses two rewrites of one route, and names both', () => {
  const { app, chart, reviews } = shop();
  new Rewrite(chart, 'a', { service: reviews, path: '/a' });
  new Rewrite(chart, 'b', { service: reviews, path: '/b' });
  expect(errorsOf(app).map(({ message }) => message)).toEqual([
    'Both want to set rewrite of route "default": [shop/a] and [shop/b] contradict each other.',
  ]);
});
