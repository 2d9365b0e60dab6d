import {
  Canary,
  CircuitBreaker,
  ConnectionPool,
  FaultInjection,
  header,
  HeaderRoute,
  IngressGateway,
  path,
} from '../../../constructs';
import { errorsOf, Made, mesh, shop } from '../../support/shop';

const apiObjects = (made: Made, kind: string) =>
  made.objects.filter((object) => object.kind === kind && object.apiVersion.startsWith('gateway.networking.k8s.io/'));

test('one option says the same in Gateway API', () => {
  const { app, chart, reviews } = shop();
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
  new HeaderRoute(chart, 'jason', { service: reviews, match: header('end-user').exact('jason'), to: 'v2' });
  const edge = new IngressGateway(app, 'edge', { mesh, api: 'gateway-api' });
  edge.expose(reviews, { hosts: ['reviews.example.com'], paths: [path.segment('/reviews')] });
  const made = new Made(app);
  expect(apiObjects(made, 'Gateway')).toEqual([
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'edge', namespace: 'istio-ingress' },
      spec: {
        gatewayClassName: 'istio',
        listeners: [{ name: 'http-reviews-example-com', hostname: 'reviews.example.com', port: 80, protocol: 'HTTP' }],
      },
    },
  ]);
  const backend = (name: string) => ({ name, namespace: 'shop', port: 9080 });
  expect(made.spec('HTTPRoute', 'edge-reviews.example.com')).toEqual({
    parentRefs: [{ name: 'edge', namespace: 'istio-ingress', sectionName: 'http-reviews-example-com' }],
    hostnames: ['reviews.example.com'],
    rules: [
      {
        matches: [
          {
            path: { type: 'PathPrefix', value: '/reviews' },
            headers: [{ type: 'Exact', name: 'end-user', value: 'jason' }],
          },
        ],
        backendRefs: [backend('reviews-v2')],
      },
      {
        matches: [{ path: { type: 'PathPrefix', value: '/reviews' } }],
        backendRefs: [
          { ...backend('reviews-v1'), weight: 90 },
          { ...backend('reviews-v2'), weight: 10 },
        ],
      },
    ],
  });
  expect(made.spec('Service', 'reviews-v2')).toEqual({
    selector: { app: 'reviews', version: 'v2' },
    ports: [{ name: 'http', port: 9080, appProtocol: 'http' }],
  });
  expect(made.spec('ReferenceGrant', 'from-edge')).toEqual({
    from: ['HTTPRoute', 'TLSRoute'].map((kind) => ({
      group: 'gateway.networking.k8s.io',
      kind,
      namespace: 'istio-ingress',
    })),
    to: [{ group: '', kind: 'Service' }],
  });
  // Inside the mesh nothing changes, and istiod makes the pods of the gateway.
  expect(made.names('VirtualService')).toEqual(['reviews']);
  expect(made.names('Deployment')).not.toContain('edge');
});

test('TLS ends at the gateway or passes through it, and plain requests are redirected', () => {
  const { app, reviews, db } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh, api: 'gateway-api' });
  edge.expose(reviews, { hosts: ['a.example.com'], tls: { secret: 'a-tls', issuer: { name: 'letsencrypt' } } });
  edge.expose(reviews, { hosts: ['*.b.example.com'], tls: { secret: 'b-tls', redirect: false } });
  edge.expose(db, { hosts: ['db.example.com'], tls: { passthrough: true } });
  const made = new Made(app);
  expect(apiObjects(made, 'Gateway')[0]).toMatchObject({
    spec: {
      listeners: [
        { name: 'http-a-example-com', hostname: 'a.example.com', port: 80, protocol: 'HTTP' },
        {
          name: 'https-a-example-com',
          hostname: 'a.example.com',
          port: 443,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ name: 'a-tls' }] },
        },
        { name: 'https-wildcard-b-example-com', hostname: '*.b.example.com', port: 443, protocol: 'HTTPS' },
        { name: 'tls-db-example-com', port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' } },
      ],
    },
  });
  expect(made.names('HTTPRoute').sort()).toEqual([
    'edge-a.example.com',
    'edge-a.example.com-redirect',
    'edge-wildcard.b.example.com',
  ]);
  expect(made.spec('HTTPRoute', 'edge-a.example.com')).toMatchObject({
    parentRefs: [{ sectionName: 'https-a-example-com' }],
  });
  expect(made.spec('HTTPRoute', 'edge-a.example.com-redirect')).toEqual({
    parentRefs: [{ name: 'edge', namespace: 'istio-ingress', sectionName: 'http-a-example-com' }],
    hostnames: ['a.example.com'],
    rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
  });
  expect(made.spec('TLSRoute', 'edge-db.example.com-tls')).toEqual({
    parentRefs: [{ name: 'edge', namespace: 'istio-ingress', sectionName: 'tls-db-example-com' }],
    hostnames: ['db.example.com'],
    rules: [{ backendRefs: [{ name: 'db', namespace: 'shop', port: 3307 }] }],
  });
  expect(made.names('Certificate')).toEqual(['a-tls']);
});

test('a breaker holds for the Services of the versions too', () => {
  const { app, chart, reviews } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh, api: 'gateway-api' });
  edge.expose(reviews, { hosts: ['*'] });
  new CircuitBreaker(chart, 'breaker', { service: reviews, ejection: { consecutive5xx: 3 } });
  new ConnectionPool(chart, 'v2', { service: reviews, version: 'v2', pool: { tcp: { maxConnections: 1 } } });
  const made = new Made(app);
  const outlierDetection = { consecutive5xxErrors: 3, maxEjectionPercent: 100 };
  expect(made.destinationRule('reviews-v1')).toEqual({
    host: 'reviews-v1.shop.svc.cluster.local',
    trafficPolicy: { outlierDetection },
  });
  expect(made.destinationRule('reviews-v2').trafficPolicy).toEqual({
    outlierDetection,
    connectionPool: { tcp: { maxConnections: 1 } },
  });
});

test('refuses what Gateway API lacks, each feature by name', () => {
  const { app, chart, reviews, db } = shop();
  new FaultInjection(chart, 'fault', { service: reviews, abort: { httpStatus: 500 } });
  const edge = new IngressGateway(app, 'edge', { mesh, api: 'gateway-api' });
  edge.expose(reviews, { hosts: ['a.example.com'] });
  edge.expose(reviews, { hosts: ['b.example.com'], tls: { secret: 'b', clientCertificates: 'required' } });
  edge.exposeTcp(db, { port: 3306 });
  expect(errorsOf(app).map(({ code, message }) => [code, message])).toEqual([
    ['gateway-api-lacks', 'Port 3306 is exposed by connection, which Gateway API has no form for.'],
    ['gateway-api-lacks', 'Route "reviews-default" has a fault, which Gateway API has no form for.'],
    ['gateway-api-lacks', 'Route "reviews-default" has a fault, which Gateway API has no form for.'],
    ['gateway-api-lacks', 'TLS of b.example.com is MUTUAL, which Gateway API has no form for.'],
  ]);
});
