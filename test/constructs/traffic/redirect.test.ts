import { HeaderRoute, path, Redirect } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it redirects the requests that match', () => {
  const { app, chart, reviews } = shop();
  new Redirect(chart, 'old', { service: reviews, match: path.exact('/old'), to: { uri: '/new' } });
  expect(new Made(app).virtualService('reviews')).toEqual({
    hosts: [REVIEWS],
    http: [
      { name: 'old', match: [{ uri: { exact: '/old' } }], redirect: { uri: '/new' } },
      { name: 'default', route: [{ destination: { host: REVIEWS, port: { number: 9080 } } }] },
    ],
  });
});

test('with all options every field reaches the route', () => {
  const { app, chart, reviews } = shop();
  const to = { uri: '/new', authority: 'shop.example.com', scheme: 'https', port: 8443, redirectCode: 308 };
  new Redirect(chart, 'old', { service: reviews, match: path.prefix('/old').or(path.exact('/older')), to });
  const [route] = new Made(app).virtualService('reviews').http ?? [];
  expect(route).toEqual({
    name: 'old',
    match: [{ uri: { prefix: '/old' } }, { uri: { exact: '/older' } }],
    redirect: to,
  });
});

test('a redirect to the default port of its scheme is warned of, with a host of its own it is not', () => {
  const { app, chart, reviews } = shop();
  const to = { scheme: 'https', port: 443 };
  new Redirect(chart, 'a', { service: reviews, match: path.exact('/a'), to });
  new Redirect(chart, 'b', { service: reviews, match: path.exact('/b'), to: { ...to, authority: 'x.example.com' } });
  expect(new Made(app).issues).toMatchObject([
    { code: 'redirect-port-ignored', origin: 'shop/a', severity: 'warning' },
  ]);
});

test('refuses a redirect and a route for the same requests, and names both', () => {
  const { app, chart, reviews } = shop();
  new Redirect(chart, 'old', { service: reviews, match: path.exact('/old'), to: { uri: '/new' } });
  new HeaderRoute(chart, 'to-v2', { service: reviews, match: path.exact('/old'), to: 'v2' });
  expect(errorsOf(app).map(({ message }) => message)).toEqual([
    'No request ever reaches "to-v2", for "old" takes them all: [shop/old] and [shop/to-v2] contradict each other.',
  ]);
});
