import { crd, ISTIO_KINDS, releaseOf, validate, type IstioKind } from '../../../lib/api';
import { oneIssuePerPlace } from '../../../lib/findings';
import { formatIssue } from '../../../lib/findings';

const route = (http: object, spec: object = {}): object => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'reviews', namespace: 'shop' },
  spec: { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews' } }], ...http }], ...spec },
});
const said = (object: object, options?: Parameters<typeof validate>[1]): string[] =>
  oneIssuePerPlace(validate(object, options)).map(formatIssue);

test('an issue says who, where, what, what is allowed and how to mend it', () => {
  expect(said(route({ timeout: '5' }), { origin: 'app/shop/reviews' })).toEqual([
    '[app/shop/reviews] VirtualService shop/reviews spec.http[0].timeout: "5" is not a duration.\n' +
      '  fix: Write a number with a unit: h, m, s or ms, such as "5s" or "1h30m". (invalid-duration)',
  ]);
});

test('all issues of an object are told at once', () => {
  const object = route({ retry: {}, timeout: '1x', match: [{ uri: { exact: 'a', prefix: 'b' } }] }, { hosts: ['a_b'] });
  expect(validate(object).map((issue) => `${issue.by ?? ''} ${issue.code} ${issue.at ?? ''}`)).toEqual([
    'api-server unknown-field spec.http[0].retry',
    'api-server invalid-duration spec.http[0].timeout',
    'api-server exclusive-fields spec.http[0].match[0].uri.prefix',
    'webhook not-decodable spec.http[0].timeout',
    'webhook invalid-host spec.hosts[0]',
  ]);
});

test('where both judges refuse one place, people read it once', () => {
  const issues = validate(route({ timeout: 'x' }));
  expect(issues.map((issue) => issue.by)).toEqual(['api-server', 'webhook']);
  expect(oneIssuePerPlace(issues).map((issue) => issue.by)).toEqual(['api-server']);
});

test('objects of other groups, and what is not an object, have no issues', () => {
  const other = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'A_B' },
    spec: { x: 1 },
  };
  for (const value of [other, null, undefined, 'a', [], {}, { apiVersion: 'v1', kind: 'Service' }])
    expect(validate(value)).toEqual([]);
});

test('a kind or version that is not there is named with what is', () => {
  expect(said({ ...route({}), kind: 'VirtualServices' })[0]).toMatch(
    /has no kind "VirtualServices". Did you mean "VirtualService"/,
  );
  expect(said({ ...route({}), apiVersion: 'networking.istio.io/v2' })[0]).toMatch(
    /not served as "v2", only as v1, v1alpha3, v1beta1/,
  );
  expect(said({ ...route({}), apiVersion: 'security.istio.io/v1' })[0]).toMatch(
    /Write apiVersion: networking.istio.io\/v1/,
  );
});

const redirect = (field: object): object => route({ route: undefined, redirect: field });

test.each(['1.31.0', '1.31', 'v1.31.2'])('a field of 1.31 is taken for %s', (istioVersion) => {
  expect(validate(redirect({ prefixRewrite: '/a' }), { istioVersion })).toEqual([]);
});

test.each(['1.30.3', '1.29'])('refuses a field of 1.31 for %s, by name and release', (istioVersion) => {
  expect(said(redirect({ uri: '/', prefixRewrite: '/a' }), { istioVersion })[0]).toContain(
    'spec.http[0].redirect.prefixRewrite: "prefixRewrite" is not a field of this Istio release; 1.31.0 has it.',
  );
});

test('refuses a kind that the release lacks', () => {
  const extension = {
    apiVersion: 'extensions.istio.io/v1alpha1',
    kind: 'TrafficExtension',
    metadata: { name: 'a' },
    spec: { lua: { inlineCode: 'a' } },
  };
  expect(validate(extension)).toEqual([]);
  expect(said(extension, { istioVersion: '1.29.6' })[0]).toContain('Istio 1.29.6 has no TrafficExtension.');
  expect(() => crd('TrafficExtension', { istioVersion: '1.29.6' })).toThrow(
    'Istio 1.29.6 has no kind TrafficExtension.',
  );
});

test('refuses a release whose API is not known', () => {
  expect(() => validate(route({}), { istioVersion: '1.20.0' })).toThrow('Known: 1.29.6, 1.30.3, 1.31.0.');
  expect(releaseOf('1.30.1')).toBe('1.30.3');
});

test.each(Object.keys(ISTIO_KINDS) as IstioKind[])('the CRD of %s stores one of its served versions', (kind) => {
  const { spec, metadata } = crd(kind);
  const facts = ISTIO_KINDS[kind];
  expect(metadata.name).toBe(`${facts.plural}.${facts.group}`);
  expect(spec.versions.map((version) => version.name)).toEqual([...facts.versions]);
  expect(spec.versions.filter((version) => version.storage).map((version) => version.name)).toEqual([facts.storage]);
  expect(facts.versions).toContain(facts.apiVersion.slice(facts.group.length + 1));
});

test('names and labels that Kubernetes refuses are refused', () => {
  const object = {
    ...route({}),
    metadata: { name: 'Reviews', namespace: 'a.b', labels: { 'a b': 'c', d: 'e f', g: 1 }, annotation: {} },
  };
  expect(
    validate(object)
      .map((issue) => `${issue.by ?? ''} ${issue.at ?? ''}`)
      .sort(),
  ).toEqual([
    'api-server metadata.annotation',
    'api-server metadata.labels.d',
    'api-server metadata.labels.g',
    'api-server metadata.labels["a b"]',
    'api-server metadata.name',
    'api-server metadata.namespace',
    'webhook metadata.labels.g',
  ]);
});

test('old names of fields mean the current ones', () => {
  const rule = (fields: object): object => ({
    apiVersion: 'security.istio.io/v1',
    kind: 'RequestAuthentication',
    metadata: { name: 'a' },
    spec: { jwtRules: [fields] },
  });
  expect(validate(rule({ jwks_uri: 'https://a.example.com/jwks' }))).toEqual([]);
  expect(said(rule({ jwks_uri: 'file:///a' }))[0]).toMatch(/not a URL with scheme http, https/);
  expect(validate(route({ mirror_percent: 10 })).map((issue) => issue.code)).toEqual(['deprecated-field']);
});

test('refuses bytes that are not base64', () => {
  const body = (bytes: string): object => route({ route: undefined, directResponse: { status: 200, body: { bytes } } });
  expect(validate(body('aGVsbG8='))).toEqual([]);
  expect(validate(body('%%')).map((issue) => issue.by)).toEqual(['api-server', 'webhook']);
});

test('a condition on a late value is not known, and so never wrong', () => {
  const late = '${late:abc:1}';
  const patch = {
    applyTo: 'HTTP_FILTER',
    match: { context: late, waypoint: { route: { name: 'a' } } },
    patch: { operation: 'REMOVE' },
  };
  const errors = (kind: 'EnvoyFilter' | 'ServiceEntry', spec: object): unknown[] =>
    validate({ apiVersion: ISTIO_KINDS[kind].apiVersion, kind, metadata: { name: 'a' }, spec }).filter(
      (issue) => issue.severity === 'error',
    );
  expect(errors('EnvoyFilter', { configPatches: [patch] })).toEqual([]);
  const ports = [{ number: 80, name: 'http', protocol: 'HTTP' }];
  expect(errors('ServiceEntry', { hosts: ['a.com'], ports, resolution: late, addresses: ['10.0.0.0/8'] })).toEqual([]);
});
