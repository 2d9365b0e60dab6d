import { FaultInjection, path, Retry } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it sets the number of tries', () => {
  const { app, chart, reviews } = shop();
  new Retry(chart, 'retry', { service: reviews, attempts: 3 });
  expect(new Made(app).virtualService('reviews')).toMatchObject({
    hosts: [REVIEWS],
    http: [{ name: 'default', retries: { attempts: 3 } }],
  });
});

test('with all options every field reaches the routes, and the budget the DestinationRule', () => {
  const { app, chart, reviews } = shop();
  new Retry(chart, 'retry', {
    service: reviews,
    match: path.prefix('/api'),
    attempts: 3,
    on: ['5xx', 'reset', 503],
    perTryTimeout: '2s',
    backoff: '50ms',
    remoteLocalities: true,
    ignorePreviousHosts: false,
    budget: { percent: 20, minRetryConcurrency: 3 },
  });
  const made = new Made(app);
  expect(made.virtualService('reviews').http?.map(({ retries }) => retries)).toEqual([
    {
      attempts: 3,
      retryOn: '5xx,reset,503',
      perTryTimeout: '2s',
      backoff: '50ms',
      retryRemoteLocalities: true,
      retryIgnorePreviousHosts: false,
    },
    undefined,
  ]);
  expect(made.destinationRule('reviews').trafficPolicy).toEqual({
    retryBudget: { percent: 20, minRetryConcurrency: 3 },
  });
});

test('a fault beside it is fine, for Istio retries and times out under faults too', () => {
  const { app, chart, reviews } = shop();
  new Retry(chart, 'retry', { service: reviews, attempts: 3 });
  new FaultInjection(chart, 'fault', { service: reviews, delay: { time: '1s' } });
  expect(new Made(app).issues).toEqual([]);
});

test('refuses a condition Envoy does not know', () => {
  const { chart, reviews } = shop();
  // @ts-expect-error a typing error
  new Retry(chart, 'retry', { service: reviews, attempts: 3, on: ['5xxx'] });
});

test('refuses two for the same requests, and names both', () => {
  const { app, chart, reviews } = shop();
  new Retry(chart, 'a', { service: reviews, attempts: 3 });
  new Retry(chart, 'b', { service: reviews, attempts: 1 });
  expect(errorsOf(app).map(({ message }) => message)).toEqual([
    'Both want to set retries of route "default": [shop/a] and [shop/b] contradict each other.',
  ]);
});
