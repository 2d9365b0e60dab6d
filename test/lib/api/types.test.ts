import type { DestinationRuleSpec, HTTPRoute, StringMatch, VirtualServiceSpec } from '../../../lib/api';

test('a VirtualService of everyday use compiles', () => {
  const spec: VirtualServiceSpec = {
    hosts: ['reviews'],
    http: [
      {
        match: [{ uri: { prefix: '/api' }, headers: { 'end-user': { exact: 'jason' }, 'x-any': {} } }],
        route: [{ destination: { host: 'reviews', subset: 'v2', port: { number: 9080 } }, weight: 100 }],
        timeout: '1m30s',
        retries: { attempts: 3, perTryTimeout: '.5s', retryOn: undefined },
      },
    ],
  };
  const rule: DestinationRuleSpec = {
    host: 'reviews',
    trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: 'sid', ttl: '0s' } } } },
  };
  // @ts-expect-error exact and prefix exclude each other
  const both: StringMatch = { exact: 'a', prefix: 'b' };
  // @ts-expect-error redirect and route exclude each other
  const route: HTTPRoute = { redirect: { uri: '/' }, route: [{ destination: { host: 'a' } }] };
  expect([spec, rule, both, route]).toHaveLength(4);
});
