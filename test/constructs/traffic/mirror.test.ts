import { Mirror, path } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it copies every request to a version, which becomes a subset', () => {
  const { app, chart, reviews } = shop();
  new Mirror(chart, 'dark', { service: reviews, to: 'v2' });
  const made = new Made(app);
  expect(made.virtualService('reviews').http).toEqual([
    {
      name: 'default',
      mirrors: [{ destination: { host: REVIEWS, subset: 'v2', port: { number: 9080 } }, percentage: { value: 100 } }],
      route: [{ destination: { host: REVIEWS, port: { number: 9080 } } }],
    },
  ]);
  expect(made.destinationRule('reviews').subsets?.map(({ name }) => name)).toEqual(['v1', 'v2']);
});

test('with all options it copies a share of those that match to another service', () => {
  const { app, chart, reviews, ratings } = shop();
  const to = { service: ratings, version: 'v2', port: 9080 };
  new Mirror(chart, 'dark', { service: reviews, to, percent: 0.5, match: path.prefix('/api') });
  const made = new Made(app);
  expect(made.virtualService('reviews').http?.[0]).toMatchObject({
    match: [{ uri: { prefix: '/api' } }],
    mirrors: [
      {
        destination: { host: 'ratings.shop.svc.cluster.local', subset: 'v2', port: { number: 9080 } },
        percentage: { value: 0.5 },
      },
    ],
  });
  expect(made.destinationRule('ratings').subsets).toHaveLength(2);
});

test('several to different places stand together', () => {
  const { app, chart, reviews, ratings } = shop();
  new Mirror(chart, 'a', { service: reviews, to: 'v2', percent: 10 });
  new Mirror(chart, 'b', { service: reviews, to: { service: ratings } });
  const [route] = new Made(app).virtualService('reviews').http ?? [];
  expect(route?.mirrors?.map(({ destination }) => destination.host)).toEqual([
    REVIEWS,
    'ratings.shop.svc.cluster.local',
  ]);
});

test('refuses two shares for one place, and names both', () => {
  const { app, chart, reviews } = shop();
  new Mirror(chart, 'a', { service: reviews, to: 'v2', percent: 10 });
  new Mirror(chart, 'b', { service: reviews, to: 'v2', percent: 20 });
  expect(errorsOf(app)[0]?.message).toContain('Both want to set mirrors of route "default": [shop/a] and [shop/b]');
});

test('refuses a version the service does not have', () => {
  const { chart, reviews } = shop();
  // @ts-expect-error there is no v3
  new Mirror(chart, 'dark', { service: reviews, to: 'v3' });
});
