import fc from 'fast-check';
import { RE2JS } from 're2js';
import type { HTTPRoute, VirtualServiceSpec } from '../../../lib/api';
import {
  compareGatewayApiMatches,
  header,
  lowerExposures,
  path,
  planRoutes,
  query,
  toHttpRoute,
  type Contribution,
  type GatewayApiMatch,
  type GatewayApiRouteSpec,
  type GatewayApiText,
  type Match,
  type MatchConditions,
} from '../../../lib/traffic';
import { reviewsHost } from './hosts';
import { outcomeOf, type TestRequest } from './request-outcome';

const host = reviewsHost();
const PARENTS = [{ name: 'edge', namespace: 'istio-ingress' }];
const GATEWAY = 'istio-ingress/edge';

const convert = (spec: VirtualServiceSpec) =>
  toHttpRoute(spec, PARENTS, ({ host: name, subset, port }) => ({
    name: `${name.split('.')[0] ?? ''}${subset === undefined ? '' : `-${subset}`}`,
    namespace: 'bookinfo',
    port: port?.number ?? 0,
  }));

const exposed = (paths: readonly Match[], contributions: readonly Contribution[]): VirtualServiceSpec =>
  lowerExposures('shop.example.com', GATEWAY, [
    {
      origin: 'edge',
      host,
      port: 9080,
      match: paths.flatMap(({ alternatives }) => alternatives),
      routes: planRoutes(host, contributions).routes,
    },
  ]).spec;

/** Whether a match of Gateway API holds, by the words of its reference. */
function holds(match: GatewayApiMatch, request: TestRequest): boolean {
  const [asked = '', search = ''] = request.path.split('?');
  const { type, value } = match.path ?? { type: 'PathPrefix', value: '/' };
  const folder = value.endsWith('/') ? value : `${value}/`;
  const isPath =
    type === 'Exact'
      ? asked === value
      : type === 'PathPrefix'
        ? asked === value || asked.startsWith(folder)
        : RE2JS.compile(value).matches(asked);
  const all = (texts: readonly GatewayApiText[] | undefined, valueOf: (name: string) => string | null | undefined) =>
    (texts ?? []).every((text) => {
      const there = valueOf(text.name);
      if (there === undefined || there === null) return false;
      return text.type === 'Exact' ? there === text.value : RE2JS.compile(text.value).matches(there);
    });
  return (
    isPath &&
    (match.method === undefined || match.method === (request.method ?? 'GET')) &&
    all(match.headers, (name) => request.headers?.[name]) &&
    all(match.queryParams, (name) => new URLSearchParams(search).get(name))
  );
}

/** The Services a request goes to, with their shares; undefined when no rule takes it. */
function backends(spec: GatewayApiRouteSpec, request: TestRequest): Record<string, number> | undefined {
  const matches = spec.rules.flatMap((rule) => (rule.matches ?? [{}]).map((match) => ({ rule, match })));
  matches.sort((a, b) => compareGatewayApiMatches(a.match, b.match));
  const taken = matches.find(({ match }) => holds(match, request))?.rule;
  if (taken === undefined) return undefined;
  const total = (taken.backendRefs ?? []).reduce((sum, { weight = 1 }) => sum + weight, 0);
  const entries = (taken.backendRefs ?? []).map(({ name, weight = 1 }) => [name, (100 * weight) / total] as const);
  return Object.fromEntries(entries.filter(([, share]) => share > 0));
}

/** The same of the VirtualService, its clusters by the names of the Services that stand for them. */
function services(spec: VirtualServiceSpec, request: TestRequest): Record<string, number> | undefined {
  const outcome = outcomeOf(spec, { ...request, gateway: GATEWAY });
  if (outcome === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(outcome.clusters).map(([name, share]) => {
      const subset = name.split('|')[2] ?? '';
      return [subset === '' ? 'reviews' : `reviews-${subset}`, share];
    }),
  );
}

const canary: Contribution = {
  kind: 'default',
  origin: 'canary',
  name: 'canary',
  to: [
    { version: 'v1', weight: 90 },
    { version: 'v2', weight: 10 },
  ],
};
const to = (version: string, match: Match): Contribution => ({
  kind: 'route',
  origin: version,
  name: `to-${version}`,
  match: match.alternatives,
  action: { kind: 'split', to: [{ version, weight: 100 }] },
});

describe('one program in both forms', () => {
  const spec = exposed(
    [path.segment('/reviews')],
    [to('v3', header('end-user').exact('jason')), to('v2', query('beta').present()), canary],
  );
  const form = convert(spec);

  test('becomes an HTTPRoute with per-version Services', () => {
    expect(form.issues).toEqual([]);
    expect(form.spec).toEqual({
      parentRefs: PARENTS,
      hostnames: ['shop.example.com'],
      rules: [
        {
          matches: [
            {
              path: { type: 'PathPrefix', value: '/reviews' },
              headers: [{ type: 'Exact', name: 'end-user', value: 'jason' }],
            },
          ],
          backendRefs: [{ name: 'reviews-v3', namespace: 'bookinfo', port: 9080 }],
        },
        {
          matches: [
            {
              path: { type: 'PathPrefix', value: '/reviews' },
              queryParams: [{ type: 'RegularExpression', name: 'beta', value: '.*' }],
            },
          ],
          backendRefs: [{ name: 'reviews-v2', namespace: 'bookinfo', port: 9080 }],
        },
        {
          matches: [{ path: { type: 'PathPrefix', value: '/reviews' } }],
          backendRefs: [
            { name: 'reviews-v1', namespace: 'bookinfo', port: 9080, weight: 90 },
            { name: 'reviews-v2', namespace: 'bookinfo', port: 9080, weight: 10 },
          ],
        },
      ],
    });
  });

  test.each<[string, Record<string, string>, Record<string, number> | undefined]>([
    ['/reviews', {}, { 'reviews-v1': 90, 'reviews-v2': 10 }],
    ['/reviews/0', { 'end-user': 'jason' }, { 'reviews-v3': 100 }],
    ['/reviews?beta=1', {}, { 'reviews-v2': 100 }],
    ['/reviews?beta', { 'end-user': 'jason' }, { 'reviews-v3': 100 }],
    ['/reviewsX', {}, undefined],
    ['/', {}, undefined],
  ])('sends %s with %j to %j', (asked, headers, expected) => {
    const request = { path: asked, headers, port: 80 };
    expect(services(spec, request)).toEqual(expected);
    expect(backends(form.spec, request)).toEqual(expected);
  });
});

const conditions: fc.Arbitrary<MatchConditions> = fc.record(
  {
    uri: fc.oneof(
      fc.constantFrom('/', '/a', '/a/', '/a/b').map((prefix) => ({ prefix })),
      fc.constantFrom('/a', '/a/b').map((exact) => ({ exact })),
      fc.constantFrom('/a.*', '/[ab]').map((regex) => ({ regex })),
    ),
    headers: fc.dictionary(
      fc.constantFrom('x', 'y'),
      fc.constantFrom({ exact: '1' }, { prefix: '1' }, { regex: '1.?' }, {}),
      { minKeys: 1 },
    ),
    method: fc.constantFrom('GET', 'POST').map((exact) => ({ exact })),
  },
  { requiredKeys: [] },
);

test('any routes: the same requests go to the same places, or the difference is named', () => {
  let same = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(conditions, fc.constantFrom('v1', 'v2', 'v3')), { maxLength: 3 }),
      fc.constantFrom(path.segment('/a'), path.prefix('/'), path.prefix('/a')),
      fc.record({
        path: fc.constantFrom('/', '/a', '/a/', '/a/b', '/a/b/c', '/ab', '/b'),
        headers: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '12', '2')),
        method: fc.constantFrom('GET', 'POST'),
        port: fc.constant(80),
      }),
      (wanted, way, request) => {
        const routes = wanted.map(([match, version], index): Contribution => ({
          kind: 'route',
          origin: `r${index}`,
          name: `r${index}`,
          match: [match],
          action: { kind: 'split', to: [{ version, weight: 100 }] },
        }));
        const spec = exposed([way], [...routes, canary]);
        const form = convert(spec);
        if (form.issues.length > 0) return;
        same += 1;
        expect(backends(form.spec, request)).toEqual(services(spec, request));
      },
    ),
    { numRuns: 2000 },
  );
  expect(same).toBeGreaterThan(300);
});

test('what Gateway API has in other words is said in them', () => {
  const route: HTTPRoute = {
    name: 'all',
    match: [{ uri: { exact: '/x' } }],
    timeout: '3s',
    headers: { request: { set: { a: '1' }, add: { b: '2' }, remove: ['c'] }, response: { remove: ['d'] } },
    rewrite: { uri: '/y', authority: 'other.example.com' },
    mirrors: [
      { destination: { host: 'reviews', subset: 'v2', port: { number: 9080 } }, percentage: { value: 10 } },
      { destination: { host: 'reviews', subset: 'v3', port: { number: 9080 } }, percentage: { value: 0.5 } },
    ],
    route: [
      {
        destination: { host: 'reviews', subset: 'v1', port: { number: 9080 } },
        headers: { response: { set: { v: '1' } } },
      },
    ],
  };
  const redirect: HTTPRoute = {
    name: 'away',
    redirect: { scheme: 'https', authority: 'x.example.com', uri: '/z', port: 8443, redirectCode: 302 },
  };
  const { spec, issues } = convert({ hosts: ['*'], http: [route, redirect] });
  expect(issues).toEqual([]);
  const backend = (name: string) => ({ name, namespace: 'bookinfo', port: 9080 });
  expect(spec).toEqual({
    parentRefs: PARENTS,
    rules: [
      {
        matches: [{ path: { type: 'Exact', value: '/x' } }],
        filters: [
          {
            type: 'RequestHeaderModifier',
            requestHeaderModifier: {
              set: [{ name: 'a', value: '1' }],
              add: [{ name: 'b', value: '2' }],
              remove: ['c'],
            },
          },
          { type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['d'] } },
          {
            type: 'URLRewrite',
            urlRewrite: { hostname: 'other.example.com', path: { type: 'ReplaceFullPath', replaceFullPath: '/y' } },
          },
          { type: 'RequestMirror', requestMirror: { backendRef: backend('reviews-v2'), percent: 10 } },
          {
            type: 'RequestMirror',
            requestMirror: {
              backendRef: backend('reviews-v3'),
              fraction: { numerator: 5000, denominator: 1_000_000 },
            },
          },
        ],
        timeouts: { request: '3s' },
        backendRefs: [
          {
            ...backend('reviews-v1'),
            filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'v', value: '1' }] } }],
          },
        ],
      },
      {
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: {
              scheme: 'https',
              hostname: 'x.example.com',
              path: { type: 'ReplaceFullPath', replaceFullPath: '/z' },
              port: 8443,
              statusCode: 302,
            },
          },
        ],
      },
    ],
  });
});

const destination = { host: 'reviews', port: { number: 9080 } };
test.each<[HTTPRoute, string]>([
  [{ route: [{ destination }], fault: { abort: { httpStatus: 500, percentage: { value: 100 } } } }, 'a fault'],
  [{ route: [{ destination }], retries: { attempts: 2 } }, 'retries'],
  [{ route: [{ destination }], corsPolicy: { allowOrigins: [{ exact: 'https://x' }] } }, 'a CORS policy'],
  [{ directResponse: { status: 200 } }, 'a direct response'],
  [{ delegate: { name: 'x' } }, 'a delegate'],
  [{ redirect: { uri: '/', redirectCode: 308 } }, 'a redirect with status 308'],
  [{ redirect: { derivePort: 'FROM_REQUEST_PORT' } }, 'a redirect to a derived port'],
  [{ route: [{ destination }], rewrite: { uri: '/' } }, 'a rewrite of a raw prefix'],
  [
    { route: [{ destination }], rewrite: { uriRegexRewrite: { match: 'a', rewrite: 'b' } } },
    'a rewrite by regular expression',
  ],
  [{ match: [{ withoutHeaders: { a: {} } }], route: [{ destination }] }, 'matches on withoutHeaders'],
  [{ match: [{ scheme: { exact: 'https' } }], route: [{ destination }] }, 'matches on scheme'],
  [{ match: [{ method: { regex: 'P.*' } }], route: [{ destination }] }, 'matches on method by prefix or expression'],
])('refuses %j', (route, what) => {
  expect(convert({ hosts: ['x.example.com'], http: [{ name: 'r', ...route } as HTTPRoute] }).issues).toMatchObject([
    { code: 'gateway-api-lacks', message: `Route "r" has ${what}, which Gateway API has no form for.` },
  ]);
});

test('refuses an order that Gateway API would not keep', () => {
  const http: HTTPRoute[] = [
    { name: 'prefix', match: [{ uri: { prefix: '/' } }], route: [{ destination }] },
    { name: 'exact', match: [{ uri: { exact: '/x' } }], route: [{ destination: { ...destination, subset: 'v2' } }] },
  ];
  expect(convert({ hosts: ['x.example.com'], http }).issues).toMatchObject([
    {
      code: 'gateway-api-order',
      message:
        'Gateway API asks the match {"path":{"type":"Exact","value":"/x"}} of "exact" before ' +
        '{"path":{"type":"PathPrefix","value":"/"}} of "prefix", which stands first here.',
    },
  ]);
});
