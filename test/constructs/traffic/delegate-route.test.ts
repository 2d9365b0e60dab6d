import { DelegateRoute, header, HeaderRoute, MeshChart, path, RouteGroup } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('a team keeps its routes in an object of its own', () => {
  const { app, chart, reviews, ratings } = shop();
  new HeaderRoute(chart, 'jason', { service: ratings, match: header('end-user').exact('jason'), to: 'v2' });
  const team = new MeshChart(app, 'team', { mesh: chart.mesh });
  const group = new RouteGroup(team, 'checkout');
  group.add(reviews, { paths: ['/checkout'] });
  group.add(ratings, { paths: [path.prefix('/checkout/ratings')], port: 9080, route: { timeout: '1s' } });
  new DelegateRoute(chart, 'to-team', { service: reviews, match: path.prefix('/checkout'), to: group });
  const made = new Made(app);
  expect(made.virtualService('checkout').hosts).toBeUndefined();
  expect(made.virtualService('checkout').http?.map(({ name, match, timeout }) => [name, match, timeout])).toEqual([
    ['ratings-jason', [{ uri: { prefix: '/checkout/ratings' }, headers: { 'end-user': { exact: 'jason' } } }], '1s'],
    ['ratings-default', [{ uri: { prefix: '/checkout/ratings' } }], '1s'],
    ['reviews-default', [{ uri: { prefix: '/checkout' } }], undefined],
  ]);
  expect(made.virtualService('reviews').http?.[0]).toEqual({
    name: 'to-team',
    match: [{ uri: { prefix: '/checkout' } }],
    delegate: { name: 'checkout', namespace: 'team' },
  });
  expect(made.virtualService('reviews').hosts).toEqual([REVIEWS]);
});

test('with all defaults a team routes everything that is delegated', () => {
  const { app, chart, reviews } = shop();
  const group = new RouteGroup(chart, 'rest');
  group.add(reviews);
  new DelegateRoute(chart, 'to-rest', { service: reviews, match: path.prefix('/x'), to: group });
  expect(new Made(app).virtualService('rest')).toEqual({
    http: [{ name: 'reviews-default', route: [{ destination: { host: REVIEWS, port: { number: 9080 } } }] }],
  });
});

test('refuses a route of a team that no delegated request can reach', () => {
  const { app, chart, reviews } = shop();
  const group = new RouteGroup(chart, 'checkout');
  group.add(reviews, { paths: ['/elsewhere'] });
  new DelegateRoute(chart, 'to-team', { service: reviews, match: path.prefix('/checkout'), to: group });
  expect(errorsOf(app)).toMatchObject([
    {
      code: 'delegate-never-holds',
      origin: 'shop/to-team',
      message:
        'No request satisfies both {"uri":{"prefix":"/checkout"}} and {"uri":{"prefix":"/elsewhere"}}, ' +
        'which a route of [shop/checkout] asks for: Istio drops that route silently.',
    },
  ]);
});
