import { type Verdict, verdictOf, NETWORKING } from './verdict-of';

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
