import { evaluateAccess, policiesFor, type AccessRequest, type PlacedPolicy } from '../../../lib/security';

const frontEnd = 'cluster.local/ns/shop/sa/front-end';
const get: AccessRequest = {
  principal: frontEnd,
  port: 80,
  sourceIp: '10.0.1.7',
  http: { method: 'GET', path: '/items/1?x=2', host: 'Shop' },
};

const policy = (spec: PlacedPolicy['spec'], namespace = 'shop'): PlacedPolicy => ({ namespace, spec });

// Each row states the rule of Istio's documentation it stands for (concepts/security, reference/config/security).
test.each<[string, PlacedPolicy[], AccessRequest, 'allowed' | 'denied' | 'asked']>([
  ['no policy allows everything', [], get, 'allowed'],
  ['an ALLOW policy without rules allows nothing', [policy({ action: 'ALLOW' })], get, 'denied'],
  ['the action is ALLOW when none is given', [policy({})], get, 'denied'],
  ['an empty rule matches everything', [policy({ rules: [{}] })], get, 'allowed'],
  ['a DENY policy without rules denies nothing', [policy({ action: 'DENY' })], get, 'allowed'],
  ['DENY goes before ALLOW', [policy({ rules: [{}] }), policy({ action: 'DENY', rules: [{}] })], get, 'denied'],
  [
    'a DENY policy alone allows what it does not match',
    [policy({ action: 'DENY', rules: [{ to: [{ operation: { methods: ['POST'] } }] }] })],
    get,
    'allowed',
  ],
  ['AUDIT decides nothing', [policy({ action: 'AUDIT', rules: [{}] })], get, 'allowed'],
  ['CUSTOM is asked first', [policy({ action: 'CUSTOM', provider: { name: 'opa' }, rules: [{}] })], get, 'asked'],
  [
    'any of several rules suffices',
    [policy({ rules: [{ to: [{ operation: { methods: ['PUT'] } }] }, { to: [{ operation: { methods: ['GET'] } }] }] })],
    get,
    'allowed',
  ],
  ['any of several ALLOW policies suffices', [policy({}), policy({ rules: [{}] })], get, 'allowed'],
  [
    'any of several sources suffices',
    [policy({ rules: [{ from: [{ source: { principals: ['x'] } }, { source: { principals: [frontEnd] } }] }] })],
    get,
    'allowed',
  ],
  [
    'fields of one source must all match',
    [policy({ rules: [{ from: [{ source: { principals: [frontEnd], namespaces: ['other'] } }] }] })],
    get,
    'denied',
  ],
  [
    'fields of one operation must all match',
    [policy({ rules: [{ to: [{ operation: { methods: ['GET'], paths: ['/other'] } }] }] })],
    get,
    'denied',
  ],
  [
    'source and operation must both match',
    [policy({ rules: [{ from: [{ source: { principals: ['x'] } }], to: [{ operation: { methods: ['GET'] } }] }] })],
    get,
    'denied',
  ],
  [
    'all conditions must hold',
    [
      policy({
        rules: [
          {
            when: [
              { key: 'source.namespace', values: ['shop'] },
              { key: 'destination.port', values: ['81'] },
            ],
          },
        ],
      }),
    ],
    get,
    'denied',
  ],
  [
    'a path is compared without its query',
    [policy({ rules: [{ to: [{ operation: { paths: ['/items/1'] } }] }] })],
    get,
    'allowed',
  ],
  ['a prefix', [policy({ rules: [{ to: [{ operation: { paths: ['/items*'] } }] }] })], get, 'allowed'],
  ['a suffix', [policy({ rules: [{ to: [{ operation: { paths: ['*/1'] } }] }] })], get, 'allowed'],
  [
    'a template for one segment',
    [policy({ rules: [{ to: [{ operation: { paths: ['/items/{*}'] } }] }] })],
    get,
    'allowed',
  ],
  [
    'a template for one segment takes no two',
    [policy({ rules: [{ to: [{ operation: { paths: ['/{*}'] } }] }] })],
    get,
    'denied',
  ],
  ['a template for any segments', [policy({ rules: [{ to: [{ operation: { paths: ['/{**}'] } }] }] })], get, 'allowed'],
  [
    'hosts are compared without regard to case',
    [policy({ rules: [{ to: [{ operation: { hosts: ['shop'] } }] }] })],
    get,
    'allowed',
  ],
  [
    'not-fields hold when nothing of them matches',
    [policy({ rules: [{ to: [{ operation: { notPaths: ['/admin*'] } }] }] })],
    get,
    'allowed',
  ],
  [
    'not-fields fail when one of them matches',
    [policy({ rules: [{ to: [{ operation: { notPaths: ['/items*'] } }] }] })],
    get,
    'denied',
  ],
  [
    'a namespace is that of the identity',
    [policy({ rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] })],
    get,
    'allowed',
  ],
  [
    'an account without namespace is of the namespace of the policy',
    [policy({ rules: [{ from: [{ source: { serviceAccounts: ['front-end'] } }] }] })],
    get,
    'allowed',
  ],
  [
    'an account of another namespace',
    [policy({ rules: [{ from: [{ source: { serviceAccounts: ['other/front-end'] } }] }] })],
    get,
    'denied',
  ],
  ['an address block', [policy({ rules: [{ from: [{ source: { ipBlocks: ['10.0.0.0/16'] } }] }] })], get, 'allowed'],
  [
    'another address block',
    [policy({ rules: [{ from: [{ source: { ipBlocks: ['10.1.0.0/16'] } }] }] })],
    get,
    'denied',
  ],
  [
    '* is any identity, but not none',
    [policy({ rules: [{ from: [{ source: { principals: ['*'] } }] }] })],
    { ...get, principal: '' },
    'denied',
  ],
  [
    'a request without a token is one whose token is not any',
    [policy({ action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] })],
    get,
    'denied',
  ],
  [
    'a request with a token is not',
    [policy({ action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] })],
    { ...get, http: { ...get.http!, requestPrincipal: 'iss/sub' } },
    'allowed',
  ],
  [
    'HTTP fields of an ALLOW rule never match a TCP connection',
    [policy({ rules: [{ to: [{ operation: { methods: ['GET'] } }] }] })],
    { principal: frontEnd, port: 80 },
    'denied',
  ],
  [
    'a header',
    [policy({ rules: [{ when: [{ key: 'request.headers[X-Team]', values: ['a*'] }] }] })],
    { ...get, http: { ...get.http!, headers: { 'x-team': 'alpha' } } },
    'allowed',
  ],
  [
    'any value of a claim that is a list',
    [policy({ rules: [{ when: [{ key: 'request.auth.claims[groups]', values: ['admin'] }] }] })],
    { ...get, http: { ...get.http!, claims: { groups: ['user', 'admin'] } } },
    'allowed',
  ],
  ['notValues', [policy({ rules: [{ when: [{ key: 'source.namespace', notValues: ['shop'] }] }] })], get, 'denied'],
])('%s', (_, policies, request, verdict) => {
  expect(evaluateAccess(policies, request)).toBe(verdict);
});

test('after the external authorizer allowed, DENY and ALLOW still decide', () => {
  const custom = policy({ action: 'CUSTOM', provider: { name: 'opa' }, rules: [{}] });
  expect(evaluateAccess([custom], get, 'allows')).toBe('allowed');
  expect(evaluateAccess([custom], get, 'denies')).toBe('denied');
  expect(evaluateAccess([custom, policy({})], get, 'allows')).toBe('denied');
});

test('policies of the root namespace hold everywhere, others in their own, with a selector for those that fit', () => {
  const root = policy({}, 'istio-system');
  const own = policy({ selector: { matchLabels: { app: 'a' } } });
  const other = policy({ selector: { matchLabels: { app: 'b' } } });
  const elsewhere = policy({}, 'elsewhere');
  const found = policiesFor({ namespace: 'shop', labels: { app: 'a', version: 'v1' } }, [root, own, other, elsewhere]);
  expect(found).toEqual([root, own]);
});
