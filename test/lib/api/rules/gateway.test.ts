import { type Verdict, verdictOf, NETWORKING } from './verdict-of';

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
