import {
  Canary,
  HeaderRoute,
  IngressGateway,
  Mesh,
  MeshApp,
  MeshChart,
  MeshService,
  path,
  RouteGroup,
} from '../../../constructs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewaySpec } from '../../../lib/api';
import { errorsOf, Made, mesh, shop } from '../../support/shop';

const REVIEWS = 'reviews.shop.svc.cluster.local';
const servers = (made: Made, name = 'edge') => made.spec<GatewaySpec>('Gateway', name).servers;

test('with all defaults it has pods of its own, and listens on 80', () => {
  const { app, reviews } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh });
  edge.expose(reviews, { hosts: ['reviews.example.com'] });
  const made = new Made(app);
  expect(made.spec('Gateway', 'edge')).toEqual({
    selector: { app: 'edge', istio: 'edge' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['reviews.example.com'] }],
  });
  expect(made.virtualService('edge-reviews.example.com')).toEqual({
    hosts: ['reviews.example.com'],
    gateways: ['istio-ingress/edge'],
    http: [{ name: 'reviews-default', route: [{ destination: { host: REVIEWS, port: { number: 9080 } } }] }],
  });
  for (const kind of ['Deployment', 'Service', 'ServiceAccount', 'Role', 'RoleBinding', 'HorizontalPodAutoscaler']) {
    const own = made.objects.filter((object) => object.kind === kind && object.metadata.namespace === 'istio-ingress');
    expect([kind, own.length]).toEqual([kind, 1]);
  }
  const [deployment] = made.objects.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'edge');
  expect(deployment).toMatchObject({ spec: { template: { metadata: { labels: { app: 'edge', istio: 'edge' } } } } });
});

test('with a selector other pods serve it', () => {
  const { app, reviews } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh, selector: { istio: 'gw' }, namespace: 'edge-ns' });
  edge.expose(reviews, { hosts: ['*'] });
  const made = new Made(app);
  expect(made.spec<GatewaySpec>('Gateway', 'edge').selector).toEqual({ istio: 'gw' });
  expect(made.objects.filter(({ metadata }) => metadata.namespace === 'edge-ns').map(({ kind }) => kind)).toEqual([
    'Gateway',
    'VirtualService',
  ]);
});

test('two gateways share a namespace', () => {
  const { app, reviews, ratings } = shop();
  new IngressGateway(app, 'a', { mesh }).expose(reviews, { hosts: ['a.example.com'] });
  new IngressGateway(app, 'b', { mesh }).expose(ratings, { hosts: ['b.example.com'] });
  const made = new Made(app);
  expect(made.names('Gateway')).toEqual(['a', 'b']);
  expect(made.names('Namespace')).toEqual(['istio-ingress', 'shop']);
});

test('whoever is made first, the same chart makes the namespace of gateways', () => {
  const makers = (order: readonly string[]): (string | undefined)[] => {
    const { app, reviews } = shop();
    for (const id of order) {
      if (id === 'chart') new MeshChart(app, id, { mesh, namespace: 'istio-ingress' });
      else new IngressGateway(app, id, { mesh }).expose(reviews, { hosts: [`${id}.example.com`] });
    }
    const { manifests } = app.check();
    return manifests
      .filter(({ object }) => object.kind === 'Namespace' && object.metadata.name === 'istio-ingress')
      .map(({ origin }) => origin);
  };
  expect(makers(['a', 'b'])).toEqual(['a/chart/namespace']);
  expect(makers(['b', 'a'])).toEqual(['a/chart/namespace']);
  expect(makers(['chart', 'a', 'b'])).toEqual(['chart/namespace']);
  expect(makers(['b', 'chart', 'a'])).toEqual(['chart/namespace']);
  expect(makers(['a', 'b', 'chart'])).toEqual(['chart/namespace']);
});

test('the gateway of an install is one too', () => {
  const app = new MeshApp({ outdir: mkdtempSync(join(tmpdir(), 'edge-')) });
  const installed = new Mesh(app, 'mesh', { profile: 'default' });
  const chart = new MeshChart(app, 'shop', { mesh: installed });
  const reviews = new MeshService(chart, 'reviews', { port: 9080, versions: { v1: { image: 'x:1' } } });
  installed.ingress.expose(reviews, { hosts: ['reviews.example.com'] });
  expect(installed.ingress).toBe(installed.ingress);
  const made = new Made(app);
  expect(made.spec<GatewaySpec>('Gateway', 'istio-ingressgateway').selector).toEqual({
    app: 'istio-ingressgateway',
    istio: 'ingressgateway',
  });
  expect(made.names('Deployment').filter((name) => name === 'istio-ingressgateway')).toHaveLength(1);
});

test('refuses to give out the gateway of an install that has none', () => {
  const app = new MeshApp({ outdir: mkdtempSync(join(tmpdir(), 'edge-')) });
  expect(() => new Mesh(app, 'mesh', { profile: 'minimal' }).ingress).toThrow(
    '[mesh] has no ingress gateway. Use profile "default" or "demo", or make one',
  );
});

test('with a Secret it speaks TLS, and sends plain requests there', () => {
  const { app, reviews, ratings, db } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh });
  edge.expose(reviews, { hosts: ['a.example.com'], tls: { secret: 'a-tls' } });
  edge.expose(ratings, { hosts: ['b.example.com'], tls: { secret: 'b-tls', redirect: false, minVersion: '1.3' } });
  edge.expose(ratings, {
    hosts: ['c.example.com'],
    tls: { secret: 'c-tls', clientCertificates: 'required', clientCaSecret: 'c-ca' },
  });
  edge.expose(db, { hosts: ['db.example.com'], tls: { passthrough: true } });
  edge.expose(reviews, { hosts: ['plain.example.com'] });
  const made = new Made(app);
  expect(servers(made)).toEqual([
    { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['plain.example.com'] },
    {
      port: { number: 80, name: 'http-redirect', protocol: 'HTTP' },
      tls: { httpsRedirect: true },
      hosts: ['a.example.com', 'c.example.com'],
    },
    {
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      tls: { mode: 'SIMPLE', credentialName: 'a-tls' },
      hosts: ['a.example.com'],
    },
    {
      port: { number: 443, name: 'https-1', protocol: 'HTTPS' },
      tls: { mode: 'SIMPLE', credentialName: 'b-tls', minProtocolVersion: 'TLSV1_3' },
      hosts: ['b.example.com'],
    },
    {
      port: { number: 443, name: 'https-2', protocol: 'HTTPS' },
      tls: { mode: 'MUTUAL', credentialName: 'c-tls', caCertCredentialName: 'c-ca' },
      hosts: ['c.example.com'],
    },
    {
      port: { number: 443, name: 'tls-3', protocol: 'TLS' },
      tls: { mode: 'PASSTHROUGH' },
      hosts: ['db.example.com'],
    },
  ]);
  expect(made.virtualService('edge-db.example.com')).toEqual({
    hosts: ['db.example.com'],
    gateways: ['istio-ingress/edge'],
    tls: [
      {
        match: [{ port: 443, sniHosts: ['db.example.com'] }],
        route: [{ destination: { host: 'db.shop.svc.cluster.local', port: { number: 3307 } } }],
      },
    ],
  });
});

test('TLS settings as Istio has them pass as they are', () => {
  const { app, reviews } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh });
  const tls = { mode: 'SIMPLE', credentialName: 'x', cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'] } as const;
  edge.expose(reviews, { hosts: ['a.example.com'], tls });
  expect(servers(new Made(app))?.[0]?.tls).toEqual(tls);
});

test('cert-manager issues one certificate for all hosts of a Secret, where the pods look for it', () => {
  const { app, reviews, ratings } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh });
  const tls = { secret: 'shop-tls', issuer: { name: 'letsencrypt' } };
  edge.expose(reviews, { hosts: ['b.example.com'], tls });
  edge.expose(ratings, { hosts: ['a.example.com'], tls });
  const made = new Made(app);
  expect(made.objects.filter(({ kind }) => kind === 'Certificate')).toEqual([
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'shop-tls', namespace: 'istio-ingress' },
      spec: {
        secretName: 'shop-tls',
        dnsNames: ['a.example.com', 'b.example.com'],
        issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer', group: 'cert-manager.io' },
      },
    },
  ]);
});

test('a team keeps its routes to itself, and the canary of a service holds from outside', () => {
  const { app, chart, reviews, ratings } = shop();
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
  const group = new RouteGroup(chart, 'team');
  group.add(ratings);
  const edge = new IngressGateway(app, 'edge', { mesh });
  edge.expose(reviews, { hosts: ['shop.example.com'], route: { rewrite: { uri: '/' } } });
  edge.delegate(group, { hosts: ['shop.example.com'], paths: ['/ratings'] });
  const { http } = new Made(app).virtualService('edge-shop.example.com');
  expect(
    http?.map(({ delegate, route, rewrite }) => [delegate?.name, route?.map(({ weight }) => weight), rewrite]),
  ).toEqual([
    ['team', undefined, undefined],
    [undefined, [90, 10], { uri: '/' }],
  ]);
});

test('TCP goes by port', () => {
  const { app, db } = shop();
  const edge = new IngressGateway(app, 'edge', {
    mesh,
    pods: { ports: [{ name: 'tcp-mysql', port: 3306, targetPort: 3306 }] },
  });
  edge.exposeTcp(db, { port: 3306 });
  const made = new Made(app);
  expect(servers(made)).toEqual([{ port: { number: 3306, name: 'tcp-3306', protocol: 'TCP' }, hosts: ['*'] }]);
  expect(made.virtualService('edge-tcp')).toEqual({
    hosts: ['*'],
    gateways: ['istio-ingress/edge'],
    tcp: [
      {
        match: [{ port: 3306 }],
        route: [{ destination: { host: 'db.shop.svc.cluster.local', port: { number: 3306 } } }],
      },
    ],
  });
});

test('refuses a port that the Service of the gateway does not have', () => {
  const { app, db } = shop();
  new IngressGateway(app, 'edge', { mesh }).exposeTcp(db, { port: 3306 });
  expect(errorsOf(app)).toMatchObject([
    {
      code: 'gateway-port-closed',
      origin: 'edge',
      message: 'Port 3306 is exposed, but the Service of gateway edge has only 15021, 80, 443.',
    },
  ]);
});

test('refuses one path of one host given to two services, and names both', () => {
  const { app, reviews, ratings } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh });
  edge.expose(reviews, { hosts: ['a.example.com'] });
  edge.expose(ratings, { hosts: ['a.example.com'] });
  expect(errorsOf(app)[0]?.message).toBe(
    'a.example.com is exposed twice on gateway istio-ingress/edge: [edge reviews] and [edge ratings] contradict each other.',
  );
});

test('refuses a path that every request has beside all requests of the host', () => {
  const { app, reviews, ratings } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh });
  edge.expose(reviews, { hosts: ['a.example.com'], paths: ['/'] });
  edge.expose(ratings, { hosts: ['a.example.com'] });
  expect(errorsOf(app)).toMatchObject([{ code: 'contradiction', origin: 'edge ratings' }]);
});

describe('two gateways that the same pods serve', () => {
  const selector = { istio: 'gw' };

  test('refuses what both give out, and names both, whichever was made first', () => {
    for (const ids of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const { app, reviews } = shop();
      for (const id of ids) {
        new IngressGateway(app, id, { mesh, selector }).expose(reviews, { hosts: ['a.example.com'], paths: ['/x'] });
      }
      expect(errorsOf(app)).toMatchObject([
        {
          origin: 'b reviews',
          message:
            'a.example.com with paths that begin with "/x" is exposed twice on the pods of istio-ingress/a and istio-ingress/b: ' +
            '[a reviews] and [b reviews] contradict each other.',
        },
      ]);
    }
  });

  test('other paths, another way of listening and other pods are another matter', () => {
    const { app, reviews } = shop();
    const hosts = ['a.example.com'];
    new IngressGateway(app, 'a', { mesh, selector }).expose(reviews, { hosts, paths: ['/x'] });
    new IngressGateway(app, 'b', { mesh, selector }).expose(reviews, { hosts, paths: ['/y'] });
    const tls = { secret: 'a-tls', redirect: false };
    new IngressGateway(app, 'c', { mesh, selector }).expose(reviews, { hosts, paths: ['/x'], tls });
    new IngressGateway(app, 'd', { mesh }).expose(reviews, { hosts, paths: ['/x'] });
    expect(new Made(app).names('Gateway')).toEqual(['a', 'b', 'c', 'd']);
  });
});

test('refuses two certificates for one host name', () => {
  const { app, reviews, ratings } = shop();
  const edge = new IngressGateway(app, 'edge', { mesh });
  edge.expose(reviews, { hosts: ['a.example.com'], paths: ['/reviews'], tls: { secret: 'x' } });
  edge.expose(ratings, { hosts: ['a.example.com'], paths: ['/ratings'], tls: { secret: 'y' } });
  expect(errorsOf(app)).toMatchObject([
    {
      code: 'contradiction',
      message: 'a.example.com has two kinds of TLS: [edge reviews] and [edge ratings] contradict each other.',
    },
  ]);
});

test('refuses plain requests to be answered where they are sent to HTTPS, unless the redirect is off', () => {
  const message =
    'Plain requests to a.example.com are to be sent to HTTPS and to be answered: [edge reviews] and [edge ratings] contradict each other.';
  for (const redirect of [true, false]) {
    const { app, reviews, ratings } = shop();
    const edge = new IngressGateway(app, 'edge', { mesh });
    edge.expose(ratings, { hosts: ['a.example.com'], paths: ['/ratings'] });
    edge.expose(reviews, { hosts: ['a.example.com'], paths: ['/reviews'], tls: { secret: 'x', redirect } });
    if (redirect) expect(errorsOf(app)).toMatchObject([{ code: 'contradiction', message }]);
    else expect(servers(new Made(app))).toHaveLength(2);
  }
});

test.each(['http://a.example.com', 'a.example.com:80', 'A.example.com', 'a', 'x.*.com', ''])(
  'refuses the host name %j, once',
  (host) => {
    const { app, reviews } = shop();
    new IngressGateway(app, 'edge', { mesh }).expose(reviews, { hosts: [host, 'b.example.com'] });
    expect(errorsOf(app)).toMatchObject([
      {
        code: 'invalid-gateway-host',
        origin: 'edge reviews',
        message: `"${host}" is not a host name that a gateway can answer to.`,
      },
    ]);
  },
);

test.each(['*', '*.example.com', 'a.example.com', '10.0.0.1'])('takes the host name %j', (host) => {
  const { app, reviews } = shop();
  new IngressGateway(app, 'edge', { mesh }).expose(reviews, { hosts: [host] });
  expect(servers(new Made(app))?.[0]?.hosts).toEqual([host]);
});

test('refuses to give out nothing', () => {
  const { app, reviews } = shop();
  new IngressGateway(app, 'edge', { mesh }).expose(reviews, { hosts: [] });
  expect(errorsOf(app)).toMatchObject([{ code: 'no-hosts', origin: 'edge reviews' }]);
});

test('refuses paths that are none, at a gateway and in a route', () => {
  const { app, reviews, chart } = shop();
  new IngressGateway(app, 'edge', { mesh }).expose(reviews, { hosts: ['a.example.com'], paths: ['reviews'] });
  new HeaderRoute(chart, 'route', { service: reviews, match: path.exact('api'), to: 'v1' });
  expect(errorsOf(app)).toMatchObject([
    {
      origin: 'edge reviews',
      message: 'No path begins with "reviews": paths begin with "/".',
      fix: 'Write "/reviews".',
    },
    { origin: 'shop/route', message: 'No path is "api": paths begin with "/".', fix: 'Write "/api".' },
  ]);
});
