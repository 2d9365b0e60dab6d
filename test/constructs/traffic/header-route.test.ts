import { cookie, header, HeaderRoute, path } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it sends the requests that match to a version', () => {
  const { app, chart, reviews } = shop();
  new HeaderRoute(chart, 'jason', { service: reviews, match: header('end-user').exact('jason'), to: 'v2' });
  const made = new Made(app);
  expect(made.virtualService('reviews')).toEqual({
    hosts: [REVIEWS],
    http: [
      {
        name: 'jason',
        match: [{ headers: { 'end-user': { exact: 'jason' } } }],
        route: [{ destination: { host: REVIEWS, subset: 'v2', port: { number: 9080 } } }],
      },
      { name: 'default', route: [{ destination: { host: REVIEWS, port: { number: 9080 } } }] },
    ],
  });
  expect(made.destinationRule('reviews').subsets).toHaveLength(2);
});

test('with shares it divides them, and another service may take them', () => {
  const { app, chart, reviews, ratings } = shop();
  new HeaderRoute(chart, 'a-b', { service: reviews, match: cookie('group').exact('b'), to: { v1: 50, v2: 50 } });
  new HeaderRoute(chart, 'away', { service: reviews, match: path.prefix('/ratings'), to: { service: ratings } });
  const { http } = new Made(app).virtualService('reviews');
  expect(
    http?.map(({ name, route }) => [name, route?.map(({ destination, weight }) => [destination.host, weight])]),
  ).toEqual([
    [
      'a-b',
      [
        [REVIEWS, 50],
        [REVIEWS, 50],
      ],
    ],
    ['away', [['ratings.shop.svc.cluster.local', undefined]]],
    ['default', [[REVIEWS, undefined]]],
  ]);
});

test('refuses a version the service does not have', () => {
  const { chart, reviews } = shop();
  // @ts-expect-error there is no v3
  new HeaderRoute(chart, 'jason', { service: reviews, match: header('end-user').exact('jason'), to: 'v3' });
});

test('refuses a route that never gets a request, and names both', () => {
  const { app, chart, reviews } = shop();
  new HeaderRoute(chart, 'wide', { service: reviews, match: path.prefix('/'), to: 'v1' });
  new HeaderRoute(chart, 'narrow', { service: reviews, match: path.exact('/x'), to: 'v2' });
  expect(errorsOf(app)[0]?.message).toBe(
    'No request ever reaches "narrow", for "wide" takes them all: [shop/wide] and [shop/narrow] contradict each other.',
  );
});
