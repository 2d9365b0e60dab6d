import { CircuitBreaker, ConnectionPool } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('with all defaults it is either limits or ejection', () => {
  const { app, chart, reviews, ratings } = shop();
  new CircuitBreaker(chart, 'limits', { service: reviews, connections: { max: 2 } });
  new CircuitBreaker(chart, 'ejection', { service: ratings, ejection: {} });
  const made = new Made(app);
  expect(made.destinationRule('reviews').trafficPolicy).toEqual({ connectionPool: { tcp: { maxConnections: 2 } } });
  // One pod per version: at less than 100 % Envoy would never eject it.
  expect(made.destinationRule('ratings').trafficPolicy).toEqual({ outlierDetection: { maxEjectionPercent: 100 } });
});

test('refuses limits without a limit', () => {
  const { app, chart, reviews } = shop();
  new CircuitBreaker(chart, 'limits', { service: reviews, connections: {} });
  expect(errorsOf(app)).toMatchObject([
    { message: 'A connection pool needs "tcp", "http", or both.', at: 'spec.trafficPolicy.connectionPool' },
  ]);
});

test('with all options every field reaches the DestinationRule', () => {
  const { app, chart, reviews } = shop();
  new CircuitBreaker(chart, 'breaker', {
    service: reviews,
    version: 'v2',
    connections: { max: 2, pending: 1, requestsPerConnection: 1, requests: 10, retries: 3, connectTimeout: '1s' },
    ejection: {
      consecutive5xx: 5,
      consecutiveGatewayErrors: 3,
      interval: '5s',
      baseTime: '30s',
      maxPercent: 50,
      minHealthPercent: 10,
    },
  });
  expect(new Made(app).destinationRule('reviews').subsets?.[1]?.trafficPolicy).toEqual({
    connectionPool: {
      tcp: { maxConnections: 2, connectTimeout: '1s' },
      http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1, http2MaxRequests: 10, maxRetries: 3 },
    },
    outlierDetection: {
      consecutive5xxErrors: 5,
      consecutiveGatewayErrors: 3,
      interval: '5s',
      baseEjectionTime: '30s',
      maxEjectionPercent: 50,
      minHealthPercent: 10,
    },
  });
});

test('its limits are those of each client and each version', () => {
  const { app, chart, reviews } = shop();
  const breaker = new CircuitBreaker(chart, 'breaker', {
    service: reviews,
    connections: { max: 2, pending: 1 },
  });
  new ConnectionPool(chart, 'v2', { service: reviews, version: 'v2', pool: { tcp: { maxConnections: 5 } } });
  expect(breaker.limits({ 'front-end': 2, edge: 1 })).toEqual([
    { perClient: { connections: 2, pendingRequests: 1 }, total: { connections: 6, pendingRequests: 3 } },
    { version: 'v1', perClient: { connections: 2, pendingRequests: 1 }, total: { connections: 6, pendingRequests: 3 } },
    { version: 'v2', perClient: { connections: 5 }, total: { connections: 15 } },
  ]);
  expect(breaker.limits(1)[0]?.total).toEqual({ connections: 2, pendingRequests: 1 });
  expect(new Made(app).destinationRule('reviews').host).toBe(REVIEWS);
});

test('an ejection that can never happen is warned of', () => {
  const { app, chart, reviews } = shop();
  new CircuitBreaker(chart, 'breaker', { service: reviews, version: 'v2', ejection: { maxPercent: 49 } });
  expect(new Made(app).issues).toMatchObject([
    {
      code: 'ejection-never-happens',
      origin: 'shop/breaker',
      message: 'Nothing is ever ejected: maxEjectionPercent 49 of 2 pods of version v2 is less than one pod.',
      fix: 'Set it to 50 or more, or leave it out.',
    },
  ]);
});

test('refuses a breaker that breaks nothing', () => {
  const { chart, reviews } = shop();
  // @ts-expect-error limits or ejection
  new CircuitBreaker(chart, 'breaker', { service: reviews });
});

test('refuses a limit of 0, which Istio takes for none', () => {
  const { app, chart, reviews, ratings } = shop();
  const breaker = new CircuitBreaker(chart, 'breaker', { service: reviews, connections: { max: 0, pending: 1 } });
  expect(breaker.limits(1)[0]?.perClient).toEqual({ pendingRequests: 1 });
  new ConnectionPool(chart, 'pool', { service: ratings, pool: { http: { http2MaxRequests: 0 } } });
  expect(errorsOf(app)).toMatchObject([
    {
      code: 'limit-of-zero',
      origin: 'shop/breaker',
      message: 'maxConnections is 0, which Istio takes for no limit.',
      fix: 'Give a number from 1, or leave it out for no limit.',
    },
    { code: 'limit-of-zero', origin: 'shop/pool', message: 'http2MaxRequests is 0, which Istio takes for no limit.' },
  ]);
});

test('takes no requests per connection for what the API calls it: as many as come', () => {
  const { app, chart, reviews } = shop();
  const connections = { max: 10, requestsPerConnection: 0 };
  new CircuitBreaker(chart, 'breaker', { service: reviews, connections });
  expect(app.check().issues).toEqual([]);
});

test.each([
  [
    { consecutive5xx: 5, consecutiveGatewayErrors: 5 },
    'gateway-errors-never-count',
    'consecutiveGatewayErrors 5 is never reached',
  ],
  [{ consecutiveGatewayErrors: 7 }, 'gateway-errors-never-count', 'consecutiveGatewayErrors 7 is never reached'],
  [{ consecutive5xx: 0 }, 'ejection-off', 'Nothing is ever ejected'],
])('an ejection that never happens is a warning: %j', (ejection, code, message) => {
  const { app, chart, reviews } = shop();
  new CircuitBreaker(chart, 'breaker', { service: reviews, ejection });
  expect(new Made(app).issues).toMatchObject([
    {
      code,
      severity: 'warning',
      origin: 'shop/breaker',
      message: expect.stringContaining(message) as string,
    },
  ]);
});

test.each([
  { consecutive5xx: 5, consecutiveGatewayErrors: 4 },
  { consecutive5xx: 0, consecutiveGatewayErrors: 9 },
  { consecutive5xx: 1 },
])('an ejection that happens is not: %j', (ejection) => {
  const { app, chart, reviews } = shop();
  new CircuitBreaker(chart, 'breaker', { service: reviews, ejection });
  expect(new Made(app).issues).toEqual([]);
});
