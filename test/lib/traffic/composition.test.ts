import fc from 'fast-check';
import {
  lowerDestinationRule,
  lowerVirtualService,
  orderRoutes,
  type Contribution,
  type DefaultRoute,
  type MatchConditions,
  type MatchedRoute,
  type RoutePolicy,
  type RouteSettings,
} from '../../../lib/traffic';
import { reviewsHost } from './hosts';
import { clusterPolicy, outcomeOf, type TestRequest } from './request-outcome';

const host = reviewsHost();

const conditions: fc.Arbitrary<MatchConditions> = fc.oneof(
  fc.constantFrom('jason', 'ann').map((exact) => ({ headers: { 'end-user': { exact } } })),
  fc.constantFrom('1', '2').map((exact) => ({ headers: { 'x-canary': { exact } } })),
  fc.constantFrom('/', '/a', '/a/b').map((prefix) => ({ uri: { prefix } })),
  fc.constantFrom('/a', '/b').map((exact) => ({ uri: { exact } })),
  fc.constant({ headers: { 'end-user': { regex: 'ja.*' } } }),
);
const match = fc.array(conditions, { minLength: 1, maxLength: 2 });
const version = fc.constantFrom('v1', 'v2', 'v3');

const policy: fc.Arbitrary<RoutePolicy> = fc.oneof(
  fc.constantFrom('1s' as const, '2s' as const).map((timeout) => ({ timeout })),
  fc.integer({ min: 1, max: 3 }).map((attempts) => ({ retries: { attempts } })),
  fc.constantFrom(400, 500).map((httpStatus) => ({ fault: { abort: { httpStatus, percentage: { value: 100 } } } })),
  version.map((one) => ({ mirrors: [{ version: one, percent: 10 }] })),
  fc.constantFrom('x-a', 'x-b').map((name) => ({ headers: { request: { set: { [name]: '1' } } } })),
);

const wanted: fc.Arbitrary<Contribution> = fc.oneof(
  fc.integer({ min: 0, max: 100 }).map((weight) => ({
    kind: 'default' as const,
    origin: '',
    name: '',
    to: [
      { version: 'v1', weight: 100 - weight },
      { version: 'v2', weight },
    ],
  })),
  fc.record({ match, to: version }).map(({ match: of, to }) => ({
    kind: 'route' as const,
    origin: '',
    name: '',
    match: of,
    action: { kind: 'split' as const, to: [{ version: to, weight: 100 }] },
  })),
  fc.constantFrom('/old', '/a').map((prefix) => ({
    kind: 'route' as const,
    origin: '',
    name: '',
    match: [{ uri: { prefix } }],
    action: { kind: 'redirect' as const, redirect: { uri: '/new' } },
  })),
  policy.map((of) => ({ kind: 'settings' as const, origin: '', name: '', policy: of })),
  fc.record({ match, of: policy }).map(({ match: when, of }) => ({
    kind: 'settings' as const,
    origin: '',
    name: '',
    match: when,
    policy: of,
  })),
  fc.record({ on: fc.option(version, { nil: undefined }), max: fc.integer({ min: 1, max: 9 }) }).map(({ on, max }) => ({
    kind: 'traffic' as const,
    origin: '',
    name: '',
    ...(on === undefined ? {} : { version: on }),
    blocks: { connectionPool: { tcp: { maxConnections: max } } },
  })),
  fc.constant({
    kind: 'traffic' as const,
    origin: '',
    name: '',
    blocks: { loadBalancer: { simple: 'RANDOM' as const } },
  }),
);

const three = fc
  .array(wanted, { minLength: 3, maxLength: 3 })
  .map((list) => list.map((one, index) => ({ ...one, origin: `app/c${index}`, name: `c${index}` }) as Contribution));

const request: fc.Arbitrary<TestRequest> = fc.record({
  path: fc.constantFrom('/', '/a', '/a/b', '/a/b/c', '/b', '/old/x'),
  headers: fc.record(
    { 'end-user': fc.constantFrom('jason', 'ann', 'jane'), 'x-canary': fc.constantFrom('1', '2', '3') },
    { requiredKeys: [] },
  ),
  port: fc.constant(9080),
});

const holds = (alternatives: readonly MatchConditions[] | undefined, one: TestRequest): boolean =>
  alternatives === undefined ||
  outcomeOf({ http: [{ match: alternatives, route: [{ destination: { host: 'x' } }] }] }, one) !== undefined;

const compose = (list: readonly Contribution[]) => {
  const routes = lowerVirtualService(host, list);
  const rule = lowerDestinationRule(host, list);
  const errors = [...routes.issues, ...rule.issues].filter(({ severity }) => severity === 'error');
  return { virtualService: routes.spec, destinationRule: rule.spec, errors };
};

describe('any three contributions to one host', () => {
  test('stand together in one VirtualService and one DestinationRule, or the error names two constructs', () => {
    let composed = 0;
    let refused = 0;
    fc.assert(
      fc.property(three, request, (list, one) => {
        const { virtualService, destinationRule, errors } = compose(list);
        if (errors.length > 0) {
          refused += 1;
          for (const error of errors) {
            const paths = new Set([error.origin, ...(error.related ?? []).map(({ origin }) => origin)]);
            expect(paths.size).toBe(2);
            for (const path of paths) expect(error.message).toContain(`[${path ?? ''}]`);
          }
          return;
        }
        composed += 1;
        expectMeaning(list, one, virtualService, destinationRule);
      }),
      { numRuns: 3000 },
    );
    // Both halves of the statement were really tried.
    expect(composed).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(300);
  });

  test('give the same objects in whatever order they are declared, unless two routes can take the same request', () => {
    fc.assert(
      fc.property(three, (list) => {
        const routes = list.filter(({ kind }) => kind === 'route');
        if (routes.length > 1) return;
        const forward = compose(list);
        const backward = compose([...list].reverse());
        if (forward.errors.length > 0) {
          expect(backward.errors.length).toBeGreaterThan(0);
          return;
        }
        expect(JSON.stringify(backward)).toBe(JSON.stringify(forward));
      }),
      { numRuns: 1000 },
    );
  });
});

/** What was asked for, read off the contributions alone, against what the two objects do. */
function expectMeaning(
  list: readonly Contribution[],
  one: TestRequest,
  virtualService: ReturnType<typeof compose>['virtualService'],
  destinationRule: ReturnType<typeof compose>['destinationRule'],
): void {
  const route = list.find((each): each is MatchedRoute => each.kind === 'route' && holds(each.match, one));
  const byDefault = list.find((each): each is DefaultRoute => each.kind === 'default');
  const settings = list.filter((each): each is RouteSettings => each.kind === 'settings' && holds(each.match, one));
  if (virtualService !== undefined) {
    const outcome = outcomeOf(virtualService, one);
    const action = route?.action ?? { kind: 'split' as const, to: byDefault?.to ?? [{ weight: 100 }] };
    const redirect = action.kind === 'redirect' ? action.redirect : undefined;
    const clusters =
      action.kind === 'split'
        ? action.to
            .filter(({ weight }) => weight > 0)
            .map((to) => `outbound|9080|${'version' in to ? to.version : ''}|${host.fqdn}`)
        : [];
    expect(outcome?.rule.redirect).toEqual(redirect);
    expect(Object.keys(outcome?.clusters ?? {}).sort()).toEqual(clusters.sort());
    const rule = outcome?.rule as Record<string, unknown> | undefined;
    for (const each of settings) {
      for (const [field, value] of Object.entries(each.policy)) {
        if (redirect !== undefined && field !== 'headers') continue;
        const isOverruled = settings.some(
          (other) => other !== each && field in other.policy && other.match !== undefined,
        );
        if (field === 'mirrors')
          expect(JSON.stringify(rule?.['mirrors'])).toContain(`"subset":"${each.policy.mirrors?.[0]?.version}"`);
        else if (field === 'headers') expect(rule?.['headers']).toMatchObject(value as object);
        else if (!isOverruled) expect(rule?.[field]).toEqual(value);
      }
    }
  } else expect([route, byDefault, settings]).toEqual([undefined, undefined, []]);
  for (const each of list) {
    if (each.kind !== 'traffic') continue;
    expect(destinationRule).toBeDefined();
    const policy = clusterPolicy(destinationRule ?? { host: '' }, 9080, each.version);
    expect(policy).toMatchObject(each.blocks);
  }
}

describe('the order of routes', () => {
  const routes = fc.array(match, { minLength: 2, maxLength: 6 }).chain((matches) =>
    fc
      .shuffledSubarray(
        matches.map((_, index) => `app/r${index}`),
        { minLength: matches.length },
      )
      .map((origins) =>
        matches.map((of, index): MatchedRoute => ({
          kind: 'route',
          origin: origins[index] ?? '',
          name: `r${index}`,
          match: of,
          action: { kind: 'split', to: [] },
        })),
      ),
  );

  test('lets the first declared take every request, as if the order had been kept', () => {
    fc.assert(
      fc.property(routes, request, (declared, one) => {
        const first = (list: readonly MatchedRoute[]) => list.find((route) => holds(route.match, one))?.name;
        const ordered = orderRoutes(declared);
        expect(ordered.length).toBe(declared.length);
        expect(first(ordered)).toBe(first(declared));
      }),
      { numRuns: 1000 },
    );
  });

  test('of routes that never meet goes by the path of the construct', () => {
    const at = (origin: string, user: string): MatchedRoute => ({
      kind: 'route',
      origin,
      name: origin,
      match: [{ headers: { 'end-user': { exact: user } } }],
      action: { kind: 'split', to: [] },
    });
    const [a, b, c] = [at('app/a', 'ann'), at('app/b', 'bob'), at('app/c', 'cid')];
    expect(orderRoutes([c, a, b])).toEqual([a, b, c]);
  });
});
