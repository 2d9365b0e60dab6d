import fc from 'fast-check';
import {
  all,
  and,
  any,
  cookie,
  covers,
  disjoint,
  gateway,
  header,
  method,
  not,
  onWay,
  path,
  port,
  query,
  sourceLabels,
  userAgent,
  type Match,
  type MatchConditions,
} from '../../../lib/traffic';
import { outcomeOf, type TestRequest } from './request-outcome';

/** Whether a request satisfies the alternatives, by the rules of Envoy. */
function takes(match: readonly MatchConditions[], request: TestRequest): boolean {
  return outcomeOf({ hosts: ['x'], http: [{ match, route: [{ destination: { host: 'x' } }] }] }, request) !== undefined;
}

const get = (path: string, headers: Readonly<Record<string, string>> = {}): TestRequest => ({
  path,
  headers,
  port: 80,
});

describe.each<[string, Match, readonly TestRequest[], readonly TestRequest[]]>([
  [
    'an exact header',
    header('End-User').exact('jason'),
    [get('/', { 'end-user': 'jason' })],
    [get('/'), get('/', { 'end-user': 'Jason' })],
  ],
  ['a header that is there', header('x').present(), [get('/', { x: '' })], [get('/')]],
  ['a header that is not there', header('x').absent(), [get('/')], [get('/', { x: '1' })]],
  ['another value', header('x').not('1'), [get('/'), get('/', { x: '2' })], [get('/', { x: '1' })]],
  [
    'a cookie wherever it stands',
    cookie('user').exact('b-nova'),
    [
      get('/', { cookie: 'user=b-nova' }),
      get('/', { cookie: 'a=b; user=b-nova; c=d' }),
      get('/', { cookie: 'a=b;user=b-nova' }),
    ],
    [get('/', { cookie: 'user=b-nova2' }), get('/', { cookie: 'superuser=b-nova' }), get('/')],
  ],
  [
    'a cookie with special characters',
    cookie('a.b').exact('1+1'),
    [get('/', { cookie: 'a.b=1+1' })],
    [get('/', { cookie: 'aXb=1+1' }), get('/', { cookie: 'a.b=11' })],
  ],
  ['a path and everything below', path.segment('/shop/'), [get('/shop'), get('/shop/cart')], [get('/shopping')]],
  ['every path', path.segment('/'), [get('/'), get('/x')], []],
  ['a raw prefix', path.prefix('/shop'), [get('/shopping')], [get('/sho')]],
  ['a path in any letter case', path.ignoringCase.exact('/A'), [get('/a')], [get('/b')]],
  ['several methods', method('PUT', 'POST'), [{ ...get('/'), method: 'PUT' }], [get('/')]],
  ['a query parameter', query('page').regex('[0-9]+'), [get('/?page=12')], [get('/?page=x'), get('/')]],
  [
    'a browser',
    userAgent.contains('Fire.fox'),
    [get('/', { 'user-agent': 'My Fire.fox 1' })],
    [get('/', { 'user-agent': 'Firexfox' })],
  ],
  ['a port', port(8080), [{ ...get('/'), port: 8080 }], [get('/')]],
  ['both', all(header('a').exact('1'), path.prefix('/x')), [get('/x', { a: '1' })], [get('/x'), get('/', { a: '1' })]],
  ['either', any(header('a').exact('1'), path.prefix('/x')), [get('/x'), get('/', { a: '1' })], [get('/')]],
  [
    'neither of two values',
    not(any(header('a').exact('1'), header('a').exact('2.0'))),
    [get('/'), get('/', { a: '3' }), get('/', { a: '2x0' })],
    [get('/', { a: '1' }), get('/', { a: '2.0' })],
  ],
  [
    'not both',
    not(all(header('a').exact('1'), header('b').present())),
    [get('/', { a: '1' }), get('/', { b: '' })],
    [get('/', { a: '1', b: '' })],
  ],
  ['not absent', not(header('a').absent()), [get('/', { a: '' })], [get('/')]],
])('%s', (_name, match, taken, left) => {
  test('takes what it should', () => {
    for (const request of taken) expect([request, takes(match.alternatives, request)]).toEqual([request, true]);
  });
  test('leaves the rest', () => {
    for (const request of left) expect([request, takes(match.alternatives, request)]).toEqual([request, false]);
  });
});

test('refuses a match that no request can satisfy', () => {
  expect(() => header('a').exact('1').and(header('a').exact('2'))).toThrow(
    'no request can satisfy {"headers":{"a":{"exact":"1"}}} and {"headers":{"a":{"exact":"2"}}}',
  );
  expect(() => header('a').exact('1').and(header('a').absent())).toThrow('no request can satisfy');
});

test('refuses two regular expressions on one header', () => {
  expect(() => header('a').regex('x.*').and(header('a').regex('.*y'))).toThrow('cannot be asked for at once in Istio');
});

test('refuses the opposite of what Istio cannot deny', () => {
  expect(() => not(path.prefix('/x'))).toThrow(
    'Istio has no way to deny a condition on uri: put a route for those requests before this one',
  );
});

describe('one way to a service', () => {
  const edge = 'istio-ingress/edge';
  test.each<[string, Match, readonly MatchConditions[] | undefined]>([
    ['a rule for another gateway does not hold', gateway('a/b'), undefined],
    ['a rule for this gateway holds for all requests', gateway({ ref: edge }), []],
    ['a rule for the mesh does not hold', gateway('mesh'), undefined],
    ['a rule for pods with labels does not hold', sourceLabels({ app: 'x' }), undefined],
    ['a rule for another port does not hold', port(1), undefined],
    ['what is left of a rule for this port is the rest', port(80).and(path.prefix('/x')), [{ uri: { prefix: '/x' } }]],
  ])('%s', (_name, match, expected) => {
    expect(onWay(match.alternatives, { gateway: edge, port: 80 })).toEqual(expected);
  });
});

const text = fc.oneof(
  fc.constantFrom('/', '/a', '/a/', '/a/b', '/A').map((exact) => ({ exact })),
  fc.constantFrom('/', '/a', '/a/', '/A').map((prefix) => ({ prefix })),
  fc.constantFrom('/a.*', '/[ab]').map((regex) => ({ regex })),
);
const value = fc.oneof(
  fc.constantFrom('1', '12', '2').map((exact) => ({ exact })),
  fc.constantFrom('1', '2').map((prefix) => ({ prefix })),
  fc.constant({}),
  fc.constant({ regex: '1.?' }),
);
const conditions: fc.Arbitrary<MatchConditions> = fc.record(
  {
    uri: text,
    ignoreUriCase: fc.constant(true as const),
    headers: fc.dictionary(fc.constantFrom('x', 'y'), value, { minKeys: 1 }),
    withoutHeaders: fc.dictionary(fc.constantFrom('x', 'y'), value, { minKeys: 1 }),
  },
  { requiredKeys: [] },
);
const request: fc.Arbitrary<TestRequest> = fc.record({
  path: fc.constantFrom('/', '/a', '/a/', '/a/b', '/A', '/ab', '/b', '/A/B'),
  headers: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('', '1', '12', '2', '22')),
  port: fc.constant(80),
});

test('case that does not count without a path counts for the path of another condition', () => {
  expect(and({ ignoreUriCase: true }, { uri: { prefix: '/A' } })).toEqual({ both: { uri: { prefix: '/A' } } });
});

describe('any conditions and request', () => {
  test('a conjunction holds exactly where both hold', () => {
    fc.assert(
      fc.property(conditions, conditions, request, (a, b, one) => {
        const both = and(a, b);
        if (both === 'unknown') return;
        const expected = takes([a], one) && takes([b], one);
        expect(both === 'never' ? false : takes([both.both], one)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('what covers holds wherever the covered holds', () => {
    fc.assert(
      fc.property(conditions, conditions, request, (wide, narrow, one) => {
        if (covers(wide, narrow) && takes([narrow], one)) expect(takes([wide], one)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('disjoint conditions never hold for one request', () => {
    fc.assert(
      fc.property(conditions, conditions, request, (a, b, one) => {
        if (disjoint([a], [b])) expect(takes([a], one) && takes([b], one)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
