import fc from 'fast-check';
import type { TrafficPolicy } from '../../../lib/api';
import { lowerDestinationRule, policyOfVersion, type Contribution, type TrafficBlocks } from '../../../lib/traffic';
import { reviewsHost } from './hosts';
import { clusterPolicy } from './request-outcome';

const host = reviewsHost({
  ports: [
    { name: 'http-a', port: 9080, protocol: 'http' },
    { name: 'http-b', port: 9081, protocol: 'http' },
  ],
});

const traffic = (
  origin: string,
  blocks: TrafficBlocks,
  scope: { version?: string; port?: number } = {},
): Contribution => ({ kind: 'traffic', origin, name: origin, blocks, ...scope });

const pool = (maxConnections: number): TrafficBlocks => ({ connectionPool: { tcp: { maxConnections } } });

test('every version is a subset as soon as one is routed to', () => {
  const { spec } = lowerDestinationRule(host, [
    { kind: 'default', origin: 'app/split', name: 'split', to: [{ version: 'v1', weight: 100 }] },
  ]);
  expect(spec).toEqual({
    host: 'reviews.bookinfo.svc.cluster.local',
    subsets: ['v1', 'v2', 'v3'].map((name) => ({ name, labels: { version: name } })),
  });
});

test('nothing wanted gives no DestinationRule', () => {
  expect(lowerDestinationRule(host, [])).toEqual({ issues: [] });
});

test('a version keeps what the host says and adds its own block', () => {
  const { spec, issues } = lowerDestinationRule(host, [
    traffic('app/whole', { ...pool(10), loadBalancer: { simple: 'RANDOM' } }),
    traffic('app/v2', pool(5), { version: 'v2' }),
  ]);
  expect(issues).toEqual([]);
  expect(spec?.trafficPolicy).toEqual({ ...pool(10), loadBalancer: { simple: 'RANDOM' } });
  expect(spec?.subsets?.[1]).toEqual({ name: 'v2', labels: { version: 'v2' }, trafficPolicy: pool(5) });
});

test('a port inside a version keeps what the host, the port and the version say', () => {
  const { spec } = lowerDestinationRule(host, [
    traffic('a', { loadBalancer: { simple: 'RANDOM' } }),
    traffic('b', { outlierDetection: { interval: '7s', maxEjectionPercent: 100 } }, { port: 9081 }),
    traffic('c', { tls: { mode: 'ISTIO_MUTUAL' } }, { version: 'v2' }),
    traffic('d', pool(3), { version: 'v2', port: 9081 }),
  ]);
  expect(spec?.subsets?.[1]?.trafficPolicy?.portLevelSettings).toEqual([
    {
      port: { number: 9081 },
      ...pool(3),
      loadBalancer: { simple: 'RANDOM' },
      outlierDetection: { interval: '7s', maxEjectionPercent: 100 },
      tls: { mode: 'ISTIO_MUTUAL' },
    },
  ]);
});

test('refuses two connection pools for one version and names both constructs', () => {
  const { issues } = lowerDestinationRule(host, [
    traffic('shop/one', pool(1), { version: 'v1' }),
    traffic('shop/two', pool(2), { version: 'v1' }),
  ]);
  expect(issues).toMatchObject([
    {
      code: 'contradiction',
      message:
        'Both want to set connectionPool of reviews.bookinfo.svc.cluster.local version v1: ' +
        '[shop/one] and [shop/two] contradict each other.',
    },
  ]);
});

test.each([
  [traffic('x', pool(1), { version: 'v9' }), 'unknown-version', 'reviews has no version "v9". Did you mean "v1"'],
  [traffic('x', pool(1), { port: 80 }), 'unknown-port', 'reviews has no port 80: it has 9080, 9081.'],
  [
    traffic('x', { tunnel: { targetHost: 'x.example.com', targetPort: 443 } }, { port: 9080 }),
    'not-per-port',
    'tunnel is set for port 9080 of reviews, but Istio has it for a host or a version only',
  ],
])('refuses %j', (contribution, code, message) => {
  const [issue] = lowerDestinationRule(host, [contribution]).issues;
  expect(issue).toMatchObject({ code, severity: 'error', origin: 'x' });
  expect(issue?.message).toContain(message);
});

test('refuses any other contribution beside a foreign owner', () => {
  const { issues, spec } = lowerDestinationRule(host, [
    { kind: 'foreign', origin: 'shop/flagger', name: 'flagger', owner: 'Flagger' },
    traffic('shop/breaker', pool(1)),
  ]);
  expect(spec).toBeUndefined();
  expect(issues[0]?.message).toBe(
    'Flagger writes the VirtualService and the DestinationRule of this host itself: ' +
      '[shop/flagger] and [shop/breaker] contradict each other.',
  );
});

describe('ejection', () => {
  const ejection = (percent?: number): Contribution =>
    traffic('app/breaker', {
      outlierDetection: { consecutive5xxErrors: 5, ...(percent === undefined ? {} : { maxEjectionPercent: percent }) },
    });

  test.each([
    [[1, 1, 1], 100],
    [[2, 5, 9], 50],
    [[3, 3, 3], 34],
    [[0, 4, 4], 25],
    [[20, 20, 20], 10],
  ])('with %j pods the percentage is one at which a pod can go', (replicas, percent) => {
    const versions = replicas.map((count, index) => ({ name: `v${index}`, labels: {}, replicas: count }));
    const { spec } = lowerDestinationRule(reviewsHost({ versions }), [ejection()]);
    expect(spec?.trafficPolicy?.outlierDetection?.maxEjectionPercent).toBe(percent);
  });

  test('nothing is set where the number of pods is not known', () => {
    const versions = [{ name: 'v1', labels: {} }];
    const { spec } = lowerDestinationRule(reviewsHost({ versions }), [ejection()]);
    expect(spec?.trafficPolicy?.outlierDetection).toEqual({ consecutive5xxErrors: 5 });
  });

  test('a percentage that never ejects is a warning, one that does is not', () => {
    const versions = [{ name: 'v1', labels: {}, replicas: 2 }];
    expect(lowerDestinationRule(reviewsHost({ versions }), [ejection(50)]).issues).toEqual([]);
    expect(lowerDestinationRule(reviewsHost({ versions }), [ejection(49)]).issues).toMatchObject([
      { code: 'ejection-never-happens', severity: 'warning', fix: 'Set it to 50 or more, or leave it out.' },
    ]);
  });
});

describe('any settings', () => {
  const BLOCKS = {
    connectionPool: fc.integer({ min: 1, max: 9 }).map((maxConnections) => ({ tcp: { maxConnections } })),
    loadBalancer: fc.constantFrom({ simple: 'RANDOM' as const }, { simple: 'ROUND_ROBIN' as const }),
    tls: fc.constantFrom({ mode: 'DISABLE' as const }, { mode: 'ISTIO_MUTUAL' as const }),
    outlierDetection: fc.integer({ min: 1, max: 9 }).map((n) => ({ consecutive5xxErrors: n, maxEjectionPercent: 100 })),
  };
  const someBlocks = fc.record(BLOCKS, { requiredKeys: [] });
  const scope = fc.record(
    { version: fc.constantFrom('v1', 'v2'), port: fc.constantFrom(9080, 9081) },
    { requiredKeys: [] },
  );
  const settings = fc
    .uniqueArray(fc.tuple(scope, someBlocks), { selector: ([one]) => `${one.version} ${one.port}`, maxLength: 7 })
    .map((list) => list.map(([where, blocks], index) => traffic(`c${index}`, blocks, where)));

  /** What was meant: per block the narrowest scope that says anything. */
  function meant(list: readonly Contribution[], version: string | undefined, port: number): TrafficPolicy {
    const at = (v: string | undefined, p: number | undefined): TrafficBlocks =>
      list.flatMap((one) => (one.kind === 'traffic' && one.version === v && one.port === p ? [one.blocks] : []))[0] ??
      {};
    const all = [at(undefined, undefined), at(undefined, port)];
    if (version !== undefined) all.push(at(version, undefined), at(version, port));
    return Object.assign({}, ...all) as TrafficPolicy;
  }

  test('mean in every cluster what was meant, by the rules istiod puts policies together with', () => {
    fc.assert(
      fc.property(settings, (list) => {
        const { spec, issues } = lowerDestinationRule(host, list);
        expect(issues).toEqual([]);
        for (const version of [undefined, 'v1', 'v2', 'v3']) {
          for (const port of [9080, 9081]) {
            const policy = spec === undefined ? {} : clusterPolicy(spec, port, version);
            expect(policy).toEqual(meant(list, version, port));
          }
        }
      }),
    );
  });

  test('mean the same for a version that has become a host of its own', () => {
    fc.assert(
      fc.property(settings, (list) => {
        const trafficPolicy = policyOfVersion(host, list, 'v1');
        const alone = { host: 'reviews-v1', ...(trafficPolicy === undefined ? {} : { trafficPolicy }) };
        for (const port of [9080, 9081]) expect(clusterPolicy(alone, port, undefined)).toEqual(meant(list, 'v1', port));
      }),
    );
  });
});
