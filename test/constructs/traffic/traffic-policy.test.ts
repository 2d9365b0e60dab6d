import { CircuitBreaker, ClientTls, ConnectionPool, LoadBalancing, Tunnel } from '../../../constructs';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

test('a connection pool, client TLS, a load balancer and an ejection share one DestinationRule', () => {
  const { app, chart, reviews } = shop();
  new ConnectionPool(chart, 'pool', { service: reviews, pool: { http: { h2UpgradePolicy: 'UPGRADE' } } });
  new ClientTls(chart, 'tls', { service: reviews, tls: { mode: 'DISABLE' } });
  new LoadBalancing(chart, 'lb', { service: reviews, policy: { simple: 'ROUND_ROBIN' } });
  new CircuitBreaker(chart, 'breaker', { service: reviews, ejection: { consecutive5xx: 3 } });
  expect(new Made(app).destinationRule('reviews')).toEqual({
    host: REVIEWS,
    trafficPolicy: {
      connectionPool: { http: { h2UpgradePolicy: 'UPGRADE' } },
      tls: { mode: 'DISABLE' },
      loadBalancer: { simple: 'ROUND_ROBIN' },
      outlierDetection: { consecutive5xxErrors: 3, maxEjectionPercent: 100 },
    },
    subsets: ['v1', 'v2'].map((name) => ({ name, labels: { version: name } })),
  });
});

test('each of them may be for one version and one port', () => {
  const { app, chart, reviews } = shop();
  const scope = { service: reviews, version: 'v2', port: 9080 } as const;
  new ConnectionPool(chart, 'pool', { ...scope, pool: { tcp: { maxConnections: 1 } } });
  new ClientTls(chart, 'tls', { ...scope, tls: { mode: 'SIMPLE', sni: 'reviews.example.com' } });
  new LoadBalancing(chart, 'lb', { ...scope, policy: { simple: 'RANDOM' } });
  new CircuitBreaker(chart, 'breaker', { ...scope, ejection: { consecutive5xx: 3 } });
  expect(new Made(app).destinationRule('reviews').subsets?.[1]?.trafficPolicy).toEqual({
    portLevelSettings: [
      {
        port: { number: 9080 },
        connectionPool: { tcp: { maxConnections: 1 } },
        tls: { mode: 'SIMPLE', sni: 'reviews.example.com' },
        loadBalancer: { simple: 'RANDOM' },
        outlierDetection: { consecutive5xxErrors: 3, maxEjectionPercent: 50 },
      },
    ],
  });
});

test('a tunnel goes through a proxy service', () => {
  const { app, chart, reviews } = shop();
  new Tunnel(chart, 'plain', { service: reviews, targetHost: 'x.example.com', targetPort: 443 });
  new Tunnel(chart, 'posted', {
    service: reviews,
    version: 'v2',
    protocol: 'POST',
    targetHost: '203.0.113.7',
    targetPort: 443,
  });
  const { trafficPolicy, subsets } = new Made(app).destinationRule('reviews');
  expect(trafficPolicy).toEqual({ tunnel: { targetHost: 'x.example.com', targetPort: 443 } });
  expect(subsets?.[1]?.trafficPolicy).toEqual({
    tunnel: { protocol: 'POST', targetHost: '203.0.113.7', targetPort: 443 },
  });
});

test('refuses a second pool for the same pods, and names both', () => {
  const { app, chart, reviews } = shop();
  new ConnectionPool(chart, 'pool', { service: reviews, pool: { tcp: { maxConnections: 1 } } });
  new CircuitBreaker(chart, 'breaker', { service: reviews, connections: { max: 2 } });
  expect(errorsOf(app).map(({ message }) => message)).toEqual([
    `Both want to set connectionPool of ${REVIEWS}: [shop/pool] and [shop/breaker] contradict each other.`,
  ]);
});
