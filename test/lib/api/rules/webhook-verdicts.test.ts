import { validate } from '../../../../lib/api/validate';

type Verdict = 'valid' | 'warned' | 'refused';

/** What the webhook says of an object of the namespace `shop`. */
function verdictOf(apiVersion: string, kind: string, spec: object, metadata: object = {}): Verdict {
  const object = { apiVersion, kind, metadata: { name: 'a', namespace: 'shop', ...metadata }, spec };
  const issues = validate(object).filter((issue) => issue.by === 'webhook');
  if (issues.some((issue) => issue.severity === 'error')) return 'refused';
  return issues.length > 0 ? 'warned' : 'valid';
}

const NETWORKING = 'networking.istio.io/v1';

describe('a Gateway', () => {
  const files = { serverCertificate: '/cert.pem', privateKey: '/key.pem' };
  const https = { number: 443, name: 'https', protocol: 'HTTPS' };
  const http = { number: 80, name: 'http', protocol: 'HTTP' };
  const gateway = (server: object, metadata: object = {}): Verdict =>
    verdictOf(NETWORKING, 'Gateway', { servers: [{ hosts: ['shop.example.com'], port: http, ...server }] }, metadata);

  test.each<[Verdict, object]>([
    ['valid', { mode: 'SIMPLE', ...files }],
    ['valid', { mode: 'MUTUAL', credentialName: 'shop', serverCertificate: '/cert.pem' }],
    ['valid', { mode: 'SIMPLE', serverCertificate: '/cert.pem', tlsCertificates: [files] }],
    ['valid', { mode: 'ISTIO_MUTUAL', caCrl: '/crl.pem' }],
    ['warned', { mode: 'PASSTHROUGH', credentialName: 'shop' }],
    ['refused', { mode: 'SIMPLE', ...files, credentialName: 'shop' }],
    ['refused', { mode: 'SIMPLE', ...files, tlsCertificates: [files] }],
    ['refused', { mode: 'SIMPLE', credentialName: 'shop', credentialNames: ['other'] }],
    ['refused', { mode: 'MUTUAL', caCertificates: '/ca.pem', credentialName: 'shop', tlsCertificates: [files] }],
    ['refused', { mode: 'PASSTHROUGH', ...files, credentialNames: ['shop'] }],
    ['refused', { mode: 'PASSTHROUGH', credentialName: 'shop', caCrl: '/crl.pem' }],
  ])('is %s with the TLS settings %j', (verdict, tls) => {
    expect(gateway({ port: https, tls })).toBe(verdict);
  });

  test('refuses a port number on a unix socket', () => {
    expect(gateway({ bind: 'unix:///run/a.sock' })).toBe('refused');
    expect(gateway({ bind: 'unix:///run/a.sock', port: { ...http, number: 0 } })).toBe('valid');
  });

  test('refuses the namespace ~, unless it stands for a Gateway of the Gateway API', () => {
    const annotations = { 'internal.istio.io/gateway-semantics': 'gateway' };
    expect(gateway({ hosts: ['~/shop.example.com'] })).toBe('refused');
    expect(gateway({ hosts: ['~/shop.example.com'] }, { name: 'a.b', annotations })).toBe('valid');
  });
});

describe('a Sidecar', () => {
  test.each<[Verdict, string[]]>([
    ['valid', ['./*', 'istio-system/*']],
    ['valid', ['./a.com', 'other/a.com']],
    ['warned', ['./*', 'shop/a.com']],
    ['warned', ['./a.com', 'shop/a.com']],
    ['warned', ['other/a.com', 'other/*']],
  ])('is %s with the hosts %j', (verdict, hosts) => {
    expect(verdictOf(NETWORKING, 'Sidecar', { egress: [{ hosts }] })).toBe(verdict);
  });
});

describe('a ServiceEntry', () => {
  const port = (protocol: string): object => ({ number: 443, name: 'p', protocol });
  const entry = (spec: object): Verdict =>
    verdictOf(NETWORKING, 'ServiceEntry', {
      hosts: ['a.example.com'],
      ports: [port('TLS')],
      resolution: 'DNS',
      ...spec,
    });

  test.each<[Verdict, object]>([
    ['valid', { address: 'b.example.com' }],
    ['valid', { address: '2001:db8::1' }],
    ['refused', { address: 'unix:///run/a.sock' }],
    ['refused', { address: 'unix://@a' }],
    ['refused', { network: 'east' }],
  ])('found by DNS is %s with the endpoint %j', (verdict, endpoint) => {
    expect(entry({ endpoints: [endpoint] })).toBe(verdict);
  });

  test('is warned of where several hosts share the addresses of a TLS port', () => {
    const two = { hosts: ['a.example.com', 'b.example.com'], addresses: ['10.0.0.1'] };
    expect(entry(two)).toBe('warned');
    expect(entry({ ...two, addresses: [] })).toBe('valid');
    expect(entry({ ...two, ports: [port('HTTP')] })).toBe('valid');
    expect(entry({ ...two, resolution: 'STATIC' })).toBe('valid');
  });
});

describe('an AuthorizationPolicy that denies', () => {
  const from = (source: object): object => ({ from: [{ source }] });
  const to = (operation: object): object => ({ to: [{ operation }] });
  const header = { when: [{ key: 'request.headers[x]', values: ['a'] }] };

  test.each<[Verdict, object]>([
    ['valid', from({ principals: ['a'] })],
    ['valid', from({ remoteIpBlocks: ['10.0.0.1'] })],
    ['valid', header],
    ['valid', { ...from({ requestPrincipals: ['a'] }), ...to({ ports: ['80'] }) }],
    ['warned', from({ requestPrincipals: ['a'] })],
    ['warned', { ...from({ requestPrincipals: ['a'] }), when: [{ key: 'destination.port', values: ['80'] }] }],
    ['warned', { ...from({ principals: ['a'] }), ...to({ methods: ['GET'] }) }],
  ])('is %s with the rule %j', (verdict, rule) => {
    const spec = { action: 'DENY', rules: [rule] };
    expect(verdictOf('security.istio.io/v1', 'AuthorizationPolicy', spec)).toBe(verdict);
  });
});

describe('a VirtualService', () => {
  const route = [{ destination: { host: 'reviews' } }];
  const withRoute = (http: object): Verdict =>
    verdictOf(NETWORKING, 'VirtualService', { hosts: ['reviews'], http: [{ route, ...http }] });

  test('refuses a header name with a colon, pseudo-headers of a match aside', () => {
    expect(withRoute({ match: [{ headers: { ':authority': { exact: 'a' } } }] })).toBe('valid');
    expect(withRoute({ match: [{ headers: { ':user': { exact: 'a' } } }] })).toBe('refused');
    expect(withRoute({ corsPolicy: { allowHeaders: [':authority'] } })).toBe('refused');
  });

  const path = (prefix: string, more: object = {}): object => ({ match: [{ uri: { prefix }, ...more }] });

  test.each<[Verdict, object, object]>([
    ['warned', path('/a'), path('/a/b')],
    ['warned', path('/a', { gateways: ['edge'] }), path('/a/b', { gateways: ['mesh'] })],
    ['warned', path('/a', { headers: { x: { prefix: 'ab' } } }), path('/a/b', { headers: { x: { prefix: 'a' } } })],
    ['valid', path('/a', { gateways: ['edge'] }), path('/a', { gateways: ['mesh'] })],
    ['valid', path('/a', { scheme: { exact: 'http' } }), path('/a', { scheme: { exact: 'https' } })],
    ['valid', path('/a', { headers: { x: { prefix: 'a' } } }), path('/a/b', { headers: { x: { prefix: 'b' } } })],
    ['valid', path('/a', { headers: { x: { prefix: 'a' } } }), path('/a/b', { headers: { x: { exact: 'a' } } })],
    ['valid', path('/a', { method: { prefix: 'P' } }), path('/a/b', { method: { exact: 'GET' } })],
  ])('is %s with the routes %j and %j', (verdict, first, second) => {
    const spec = {
      hosts: ['reviews'],
      gateways: ['edge', 'mesh'],
      http: [
        { route, ...first },
        { route, ...second },
      ],
    };
    expect(verdictOf(NETWORKING, 'VirtualService', spec)).toBe(verdict);
  });

  test('refuses SNI hosts of AUTO_PASSTHROUGH where it names the mesh', () => {
    const tls = [{ match: [{ sniHosts: ['outbound_.80_._.a.example.com'] }], route }];
    const spec = { hosts: ['*.example.com'], tls };
    expect(verdictOf(NETWORKING, 'VirtualService', { ...spec, gateways: ['edge'] })).toBe('valid');
    expect(verdictOf(NETWORKING, 'VirtualService', { ...spec, gateways: ['mesh'] })).toBe('refused');
  });
});

test('refuses a custom tag of a Telemetry without a name', () => {
  const tagged = (name: string): Verdict =>
    verdictOf('telemetry.istio.io/v1', 'Telemetry', {
      tracing: [{ customTags: { [name]: { literal: { value: 'a' } } } }],
    });
  expect(tagged('team')).toBe('valid');
  expect(tagged('')).toBe('refused');
});

test('refuses a message of version 2 in an EnvoyFilter', () => {
  const patch = (type: string): object => ({
    configPatches: [
      {
        applyTo: 'HTTP_FILTER',
        patch: { operation: 'ADD', value: { name: 'x', typed_config: { '@type': `type.googleapis.com/${type}` } } },
      },
    ],
  });
  const verdict = (type: string): Verdict => verdictOf('networking.istio.io/v1alpha3', 'EnvoyFilter', patch(type));
  // Every EnvoyFilter is warned of.
  expect(verdict('envoy.extensions.filters.http.lua.v3.Lua')).toBe('warned');
  expect(verdict('udpa.type.v1.TypedStruct')).toBe('warned');
  expect(verdict('envoy.config.filter.http.lua.v2.Lua')).toBe('refused');
});
