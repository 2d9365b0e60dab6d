import { type Verdict, verdictOf, NETWORKING } from './verdict-of';

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
