import {
  gateway,
  header,
  lowerVirtualService,
  path,
  port,
  type Contribution,
  type ConnectionRoute,
  type ServicePort,
} from '../../../lib/traffic';
import { reviewsHost } from './hosts';

const FQDN = 'reviews.bookinfo.svc.cluster.local';
const split = (origin: string, weights: Readonly<Record<string, number>>): Contribution => ({
  kind: 'default',
  origin,
  name: origin,
  to: Object.entries(weights).map(([version, weight]) => ({ version, weight })),
});
const routeTo = (origin: string, match: Parameters<typeof matched>[1], version: string): Contribution =>
  matched(origin, match, version);

function matched(origin: string, match: ReturnType<typeof port>, version: string): Contribution {
  return {
    kind: 'route',
    origin,
    name: origin,
    match: match.alternatives,
    action: { kind: 'split', to: [{ version, weight: 100 }] },
  };
}

const ports = (...list: readonly (readonly [string, number, ServicePort['protocol']])[]): { ports: ServicePort[] } => ({
  ports: list.map(([name, number, protocol]) => ({ name, port: number, protocol })),
});

test('a split names host, subset and port of every destination', () => {
  const { spec, issues } = lowerVirtualService(reviewsHost(), [split('canary', { v1: 90, v2: 10 })]);
  expect(issues).toEqual([]);
  expect(spec).toEqual({
    hosts: [FQDN],
    http: [
      {
        name: 'canary',
        route: [
          { destination: { host: FQDN, subset: 'v1', port: { number: 9080 } }, weight: 90 },
          { destination: { host: FQDN, subset: 'v2', port: { number: 9080 } }, weight: 10 },
        ],
      },
    ],
  });
});

test('nothing wanted gives no VirtualService', () => {
  expect(lowerVirtualService(reviewsHost(), [])).toEqual({ issues: [] });
});

describe('a service with several HTTP ports', () => {
  const host = reviewsHost(ports(['http-a', 9080, 'http'], ['grpc-b', 9081, 'grpc']));

  test('every rule is written once per port', () => {
    const { spec } = lowerVirtualService(host, [
      routeTo('jason', header('end-user').exact('jason'), 'v2'),
      split('split', { v1: 100 }),
    ]);
    expect(spec?.http?.map(({ name, match, route }) => [name, match, route?.[0]?.destination.port?.number])).toEqual([
      ['jason-http-a', [{ headers: { 'end-user': { exact: 'jason' } }, port: 9080 }], 9080],
      ['split-http-a', [{ port: 9080 }], 9080],
      ['jason-grpc-b', [{ headers: { 'end-user': { exact: 'jason' } }, port: 9081 }], 9081],
      ['split-grpc-b', [{ port: 9081 }], 9081],
    ]);
  });

  test('a rule for one port stands there alone', () => {
    const { spec, issues } = lowerVirtualService(host, [routeTo('b', port(9081), 'v2'), split('split', { v1: 100 })]);
    expect(issues).toEqual([]);
    expect(spec?.http?.map(({ name }) => name)).toEqual(['split-http-a', 'b-grpc-b']);
  });

  test('refuses a rule for a port the service does not have', () => {
    expect(lowerVirtualService(host, [routeTo('b', port(80), 'v2')]).issues).toMatchObject([
      { code: 'unknown-http-port', message: 'reviews has no HTTP port 80: it has 9080, 9081.', origin: 'b' },
    ]);
  });
});

test('a rule for one gateway is not a rule of the mesh', () => {
  const { spec } = lowerVirtualService(reviewsHost(), [
    routeTo('edge-only', gateway('istio-ingress/edge').and(path.prefix('/x')), 'v2'),
    split('split', { v1: 100 }),
  ]);
  expect(spec?.http?.map(({ name }) => name)).toEqual(['split']);
});

describe('connections', () => {
  const db = reviewsHost(ports(['tcp-a', 7000, 'tcp'], ['tcp-b', 7001, 'tcp']));
  const connection = (origin: string, change: Partial<ConnectionRoute>): Contribution => ({
    kind: 'connection',
    origin,
    name: origin,
    match: [],
    to: [{ version: 'v2', weight: 100 }],
    ...change,
  });

  test('a split of a TCP service holds for each of its ports', () => {
    const { spec, issues } = lowerVirtualService(db, [split('split', { v1: 80, v2: 20 })]);
    expect(issues).toEqual([]);
    expect(spec).toEqual({
      hosts: [FQDN],
      tcp: [7000, 7001].map((number) => ({
        match: [{ port: number }],
        route: [
          { destination: { host: FQDN, subset: 'v1', port: { number } }, weight: 80 },
          { destination: { host: FQDN, subset: 'v2', port: { number } }, weight: 20 },
        ],
      })),
    });
  });

  test('a connection route stands before the split', () => {
    const { spec } = lowerVirtualService(db, [
      split('split', { v1: 100 }),
      connection('from-legacy', { match: [{ port: 7001, sourceLabels: { app: 'legacy' } }] }),
    ]);
    expect(spec?.tcp?.map(({ match, route }) => [match?.[0], route?.[0]?.destination.subset])).toEqual([
      [{ port: 7000 }, 'v1'],
      [{ port: 7001, sourceLabels: { app: 'legacy' } }, 'v2'],
      [{ port: 7001 }, 'v1'],
    ]);
  });

  test('a TLS port is routed by server name', () => {
    const host = reviewsHost(ports(['tls', 9443, 'tls'], ['http', 80, 'http']));
    const { spec } = lowerVirtualService(host, [split('split', { v1: 100 })]);
    expect(spec?.tls).toEqual([
      {
        match: [{ port: 9443, sniHosts: [FQDN] }],
        route: [{ destination: { host: FQDN, subset: 'v1', port: { number: 9443 } } }],
      },
    ]);
    expect(spec?.http).toHaveLength(1);
  });

  test('refuses two routes for the same connections and names both', () => {
    const [issue] = lowerVirtualService(db, [connection('x/a', {}), split('x/b', { v1: 100 })]).issues;
    expect(issue?.message).toBe(
      `Both route the same connections to port 7000 of ${FQDN}: [x/a] and [x/b] contradict each other.`,
    );
  });

  test.each([
    [connection('c', { match: [{ port: 80 }] }), db, 'reviews has no TCP or TLS port 80: it has 7000, 7001.'],
    [
      connection('c', {}),
      reviewsHost(),
      `Every port of ${FQDN} speaks HTTP, and Istio does not route it by connection.`,
    ],
  ])('refuses a route for connections there are none of', (contribution, host, message) => {
    expect(lowerVirtualService(host, [contribution]).issues).toMatchObject([{ message, origin: 'c' }]);
  });

  test('refuses HTTP rules on a TCP service, which Istio would ignore', () => {
    const { issues } = lowerVirtualService(db, [
      routeTo('app/jason', header('end-user').exact('jason'), 'v2'),
      { kind: 'settings', origin: 'app/timeout', name: 'timeout', policy: { timeout: '1s' } },
    ]);
    expect(issues.map(({ code, origin }) => [code, origin])).toEqual([
      ['http-route-on-tcp-port', 'app/jason'],
      ['http-route-on-tcp-port', 'app/timeout'],
    ]);
    expect(issues[0]?.message).toBe(
      `${FQDN} has no HTTP port (tcp-a 7000, tcp-b 7001), and Istio ignores HTTP rules on others.`,
    );
  });
});

test.each([
  [split('s', { v1: 50, v2: 40 }), 'split-not-100', 'The shares v1 50, v2 40 add up to 90, not to 100.'],
  [split('s', { v1: 99.5, v2: 0.5 }), 'percent-out-of-range', 'The share of v1 is 99.5'],
  [split('s', { v1: 110, v2: -10 }), 'percent-out-of-range', 'The share of v1 is 110'],
  [split('s', { v4: 100 }), 'unknown-version', 'reviews has no version "v4". Did you mean "v1" or "v2" or "v3"?'],
])('refuses the split %j', (contribution, code, message) => {
  const issues = lowerVirtualService(reviewsHost(), [contribution]).issues;
  expect(issues[0]).toMatchObject({ code, origin: 's', severity: 'error' });
  expect(issues[0]?.message).toContain(message);
});

test('refuses routes to a service whose ports nobody named', () => {
  expect(lowerVirtualService(reviewsHost({ ports: [] }), [split('s', { v1: 100 })]).issues).toMatchObject([
    {
      code: 'port-not-known',
      message: `The ports of ${FQDN} are not known, and every destination must name its port.`,
    },
  ]);
});

test('a share that is not known yet is not wrong', () => {
  const late = '${late:a1:0}' as unknown as number;
  const to = [
    { version: 'v1', weight: late },
    { version: 'v2', weight: late },
  ];
  expect(lowerVirtualService(reviewsHost(), [{ kind: 'default', origin: 's', name: 's', to }]).issues).toEqual([]);
});

test('settings that mean nothing without a service leave a redirect alone', () => {
  const { spec, issues } = lowerVirtualService(reviewsHost(), [
    {
      kind: 'route',
      origin: 'r',
      name: 'r',
      match: [{ uri: { prefix: '/old' } }],
      action: { kind: 'redirect', redirect: { uri: '/' } },
    },
    { kind: 'settings', origin: 't', name: 't', match: [{ headers: { x: {} } }], policy: { timeout: '1s' } },
  ]);
  expect(issues).toEqual([]);
  expect(spec?.http?.map(({ name, timeout }) => [name, timeout])).toEqual([
    ['r', undefined],
    ['t', '1s'],
    ['default', undefined],
  ]);
});

test('narrower header changes stand beside wider ones', () => {
  const set = (origin: string, value: string, match?: ReturnType<typeof port>): Contribution => ({
    kind: 'settings',
    origin,
    name: origin,
    ...(match === undefined ? {} : { match: match.alternatives }),
    policy: { headers: { request: { set: { 'x-team': value, [`x-${origin}`]: '1' } } } },
  });
  const { spec, issues } = lowerVirtualService(reviewsHost(), [
    set('wide', 'a'),
    set('narrow', 'b', path.prefix('/b')),
  ]);
  expect(issues).toEqual([]);
  expect(spec?.http?.[0]?.headers).toEqual({ request: { set: { 'x-wide': '1', 'x-team': 'b', 'x-narrow': '1' } } });
  expect(spec?.http?.[1]?.headers).toEqual({ request: { set: { 'x-team': 'a', 'x-wide': '1' } } });
});
