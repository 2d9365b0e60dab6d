import { CircuitBreaker, LoadBalancing } from '../../../constructs';
import type { LoadBalancerSettings } from '../../../lib/api';
import { errorsOf, Made, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';

const policyOf = (policy: LoadBalancerSettings) => {
  const { app, chart, reviews } = shop();
  new CircuitBreaker(chart, 'ejection', { service: reviews, ejection: {} });
  new LoadBalancing(chart, 'lb', { service: reviews, policy });
  return new Made(app).destinationRule('reviews').trafficPolicy?.loadBalancer;
};

test.each<[string, LoadBalancerSettings]>([
  ['in turn', { simple: 'ROUND_ROBIN' }],
  ['the least busy', { simple: 'LEAST_REQUEST' }],
  ['by chance', { simple: 'RANDOM' }],
  ['as the client chose', { simple: 'PASSTHROUGH' }],
  ['by header', { consistentHash: { httpHeaderName: 'x-user' } }],
  ['by cookie', { consistentHash: { httpCookie: { name: 'user', ttl: '0s' }, ringHash: { minimumRingSize: 2048 } } }],
  ['by address', { consistentHash: { useSourceIp: true, maglev: { tableSize: 65537 } } }],
  ['by query', { consistentHash: { httpQueryParameterName: 'user' } }],
  ['near first', { localityLbSetting: { enabled: true, failover: [{ from: 'eu', to: 'us' }] } }],
  ['by place', { localityLbSetting: { distribute: [{ from: 'eu/*', to: { 'eu/*': 80, 'us/*': 20 } }] } }],
  ['by labels', { localityLbSetting: { failoverPriority: ['topology.istio.io/network'] } }],
  ['slowly at first', { simple: 'ROUND_ROBIN', warmup: { duration: '30s', minimumPercent: 10, aggression: 1 } }],
])('requests are divided %s', (_name, policy) => {
  expect(policyOf(policy)).toEqual(policy);
});

test('refuses an algorithm and a hash at once', () => {
  const { chart, reviews } = shop();
  const service = reviews;
  // @ts-expect-error one of the two
  new LoadBalancing(chart, 'lb', { service, policy: { simple: 'RANDOM', consistentHash: { useSourceIp: true } } });
});

test('refuses two for the same pods, and names both', () => {
  const { app, chart, reviews } = shop();
  new LoadBalancing(chart, 'a', { service: reviews, policy: { simple: 'RANDOM' } });
  new LoadBalancing(chart, 'b', { service: reviews, policy: { simple: 'ROUND_ROBIN' } });
  expect(errorsOf(app)[0]?.message).toBe(
    `Both want to set loadBalancer of ${REVIEWS}: [shop/a] and [shop/b] contradict each other.`,
  );
});
