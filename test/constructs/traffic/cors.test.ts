import { Cors, path } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it lets an origin in', () => {
  const { app, chart, reviews } = shop();
  new Cors(chart, 'cors', { service: reviews, origins: ['https://shop.example.com'] });
  expect(new Made(app).virtualService('reviews')).toMatchObject({
    hosts: [REVIEWS],
    http: [{ corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com' }] } }],
  });
});

test('with all options every field reaches the routes that match', () => {
  const { app, chart, reviews } = shop();
  new Cors(chart, 'cors', {
    service: reviews,
    match: path.prefix('/api'),
    origins: [{ regex: 'https://.*[.]example[.]com' }],
    methods: ['GET', 'POST'],
    headers: ['x-token'],
    expose: ['x-total'],
    maxAge: '24h',
    credentials: true,
    unmatchedPreflights: 'IGNORE',
  });
  expect(new Made(app).virtualService('reviews').http?.map(({ corsPolicy }) => corsPolicy)).toEqual([
    {
      allowOrigins: [{ regex: 'https://.*[.]example[.]com' }],
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['x-token'],
      exposeHeaders: ['x-total'],
      maxAge: '24h',
      allowCredentials: true,
      unmatchedPreflights: 'IGNORE',
    },
    undefined,
  ]);
});

test('refuses two policies for one route, and names both', () => {
  const { app, chart, reviews } = shop();
  new Cors(chart, 'a', { service: reviews, origins: ['https://a.example.com'] });
  new Cors(chart, 'b', { service: reviews, origins: ['https://b.example.com'] });
  expect(errorsOf(app)[0]?.message).toContain('Both want to set corsPolicy of route "default": [shop/a] and [shop/b]');
});
