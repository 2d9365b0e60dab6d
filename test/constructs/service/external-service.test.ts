import { EgressGateway, ExternalService, Timeout, TrafficSplit } from '../../../constructs';
import type { GatewaySpec } from '../../../lib/api';
import type { MeshGateway } from '../../../lib/install/resolve/mesh-ref';
import { errorsOf, Made, mesh, shop } from '../../support/shop';

const BOOKS = 'www.googleapis.com';

test('with all defaults it is a host that DNS knows', () => {
  const { app, chart } = shop();
  new ExternalService(chart, 'books', { hosts: [BOOKS], port: 443 });
  const made = new Made(app);
  expect(made.spec('ServiceEntry', 'books')).toEqual({
    hosts: [BOOKS],
    ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }],
    location: 'MESH_EXTERNAL',
    resolution: 'DNS',
  });
  expect(made.names('VirtualService')).toEqual([]);
});

test('plain HTTP of the clients leaves as HTTPS, and is routed like any service', () => {
  const { app, chart } = shop();
  const books = new ExternalService(chart, 'books', { hosts: [BOOKS], port: 80, originateTls: true });
  new Timeout(chart, 'timeout', { service: books, timeout: '3s' });
  const made = new Made(app);
  expect(made.spec('ServiceEntry', 'books')).toMatchObject({
    ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 443 }],
  });
  expect(made.destinationRule('books')).toEqual({
    host: BOOKS,
    trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE', sni: BOOKS } }] },
  });
  expect(made.virtualService('books')).toEqual({
    hosts: [BOOKS],
    http: [{ name: 'default', timeout: '3s', route: [{ destination: { host: BOOKS, port: { number: 80 } } }] }],
  });
});

test('with all options every field reaches the ServiceEntry, and labelled endpoints are versions', () => {
  const { app, chart } = shop();
  const api = new ExternalService(chart, 'api', {
    hosts: ['api.internal.example', 'api2.internal.example'],
    ports: [{ name: 'http', port: 80, protocol: 'http', targetPort: 8088 }],
    resolution: 'STATIC',
    endpoints: [
      { address: '10.78.0.1', labels: { version: 'v1' } },
      { address: '10.78.0.2', labels: { version: 'v2' } },
    ],
    addresses: ['240.0.0.1'],
    versions: { v1: { version: 'v1' }, v2: { version: 'v2' } },
    location: 'MESH_INTERNAL',
    exportTo: ['.'],
    subjectAltNames: ['spiffe://cluster.local/ns/x/sa/api'],
  });
  new TrafficSplit(chart, 'split', { service: api, weights: { v1: 25, v2: 75 } });
  const made = new Made(app);
  expect(made.spec('ServiceEntry', 'api')).toEqual({
    hosts: ['api.internal.example', 'api2.internal.example'],
    addresses: ['240.0.0.1'],
    ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 8088 }],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    exportTo: ['.'],
    subjectAltNames: ['spiffe://cluster.local/ns/x/sa/api'],
    endpoints: [
      { address: '10.78.0.1', labels: { version: 'v1' } },
      { address: '10.78.0.2', labels: { version: 'v2' } },
    ],
  });
  expect(made.destinationRule('api').subsets).toEqual([
    { name: 'v1', labels: { version: 'v1' } },
    { name: 'v2', labels: { version: 'v2' } },
  ]);
});

test('a wildcard is connected to where the client says', () => {
  const { app, chart } = shop();
  new ExternalService(chart, 'wiki', { hosts: ['*.wikipedia.org'], port: 443 });
  expect(new Made(app).spec('ServiceEntry', 'wiki')).toMatchObject({ resolution: 'NONE' });
});

test('refuses TLS origination for a wildcard, and a host without a port', () => {
  const { app, chart } = shop();
  new ExternalService(chart, 'wiki', { hosts: ['*.wikipedia.org'], port: 80, originateTls: true });
  new ExternalService(chart, 'none', { hosts: ['x.example.com'] });
  expect(errorsOf(app).map(({ code, origin }) => [code, origin])).toEqual([
    ['port-and-ports', 'shop/none'],
    ['wildcard-without-address', 'shop/wiki'],
  ]);
});

describe('through an egress gateway', () => {
  test('HTTP goes to the gateway in mutual TLS, and from there to the host', () => {
    const { app, chart } = shop();
    const out = new EgressGateway(app, 'out', { mesh });
    new ExternalService(chart, 'books', { hosts: [BOOKS], port: 80, originateTls: true, via: out });
    const made = new Made(app);
    const gatewayHost = 'out.istio-egress.svc.cluster.local';
    const subset = 'www-googleapis-com';
    expect(made.virtualService('books').http).toEqual([
      { name: 'books', route: [{ destination: { host: gatewayHost, subset, port: { number: 80 } } }] },
    ]);
    expect(made.destinationRule('out')).toEqual({
      host: gatewayHost,
      subsets: [
        {
          name: subset,
          labels: {},
          trafficPolicy: {
            portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'ISTIO_MUTUAL', sni: BOOKS } }],
          },
        },
      ],
    });
    expect(made.spec('Gateway', 'out')).toEqual({
      selector: { app: 'out', istio: 'out' },
      servers: [
        {
          port: { number: 80, name: 'https-from-mesh', protocol: 'HTTPS' },
          tls: { mode: 'ISTIO_MUTUAL' },
          hosts: [BOOKS],
        },
      ],
    });
    expect(made.virtualService(`out-${BOOKS}`)).toEqual({
      hosts: [BOOKS],
      gateways: ['istio-egress/out'],
      http: [{ name: 'books', route: [{ destination: { host: BOOKS, port: { number: 80 } } }] }],
    });
    expect(made.names('Deployment')).toContain('out');
  });

  test('HTTPS of the clients passes through by server name, beside HTTP of the same host', () => {
    const { app, chart } = shop();
    const out = new EgressGateway(app, 'out', { mesh, pods: { replicas: 2 } });
    new ExternalService(chart, 'books', {
      hosts: [BOOKS],
      ports: [
        { name: 'http', port: 80, protocol: 'http' },
        { name: 'https', port: 443, protocol: 'https' },
      ],
      via: out,
    });
    const made = new Made(app);
    expect(made.virtualService('books').tls).toEqual([
      {
        match: [{ port: 443, sniHosts: [BOOKS] }],
        route: [{ destination: { host: 'out.istio-egress.svc.cluster.local', port: { number: 443 } } }],
      },
    ]);
    expect(made.spec<GatewaySpec>('Gateway', 'out').servers?.map(({ port }) => port.protocol)).toEqual([
      'HTTPS',
      'TLS',
    ]);
    expect(made.virtualService(`out-${BOOKS}`).tls).toEqual([
      {
        match: [{ port: 443, sniHosts: [BOOKS] }],
        route: [{ destination: { host: BOOKS, port: { number: 443 } } }],
      },
    ]);
  });

  test('a gateway of the mesh can serve it', () => {
    const { app, chart } = shop();
    const gateways: MeshGateway[] = [
      {
        name: 'istio-egressgateway',
        namespace: 'istio-system',
        kind: 'egress',
        labels: { istio: 'egressgateway' },
        ports: [
          { name: 'http2', port: 80, targetPort: 8080 },
          { name: 'https', port: 443, targetPort: 8443 },
        ],
      },
    ];
    const known = { settings: { ...mesh.settings, gateways } };
    const out = new EgressGateway(chart, 'out', { mesh: known, existing: 'istio-egressgateway' });
    new ExternalService(chart, 'books', { hosts: [BOOKS], port: 443, via: out });
    const made = new Made(app);
    expect(made.spec<GatewaySpec>('Gateway', 'out').selector).toEqual({ istio: 'egressgateway' });
    expect(made.names('Deployment')).not.toContain('out');
    expect(() => new EgressGateway(chart, 'other', { mesh: known, existing: 'egress' })).toThrow(
      'The mesh has no gateway "egress"; it has istio-egressgateway.',
    );
  });

  test('refuses a wildcard, which the gateway could not tell apart', () => {
    const { app, chart } = shop();
    const out = new EgressGateway(app, 'out', { mesh });
    new ExternalService(chart, 'wiki', { hosts: ['*.wikipedia.org'], port: 443, via: out });
    expect(errorsOf(app).map(({ code }) => code)).toContain('wildcard-through-gateway');
  });
});
