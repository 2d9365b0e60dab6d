import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Canary,
  CircuitBreaker,
  header,
  HeaderRoute,
  IngressGateway,
  MeshApp,
  MeshChart,
  MeshService,
} from 'istio-constructs';
import { testMesh } from '../support/mesh';

const outdir = mkdtempSync(join(tmpdir(), 'design-program-'));
const app = new MeshApp({ outdir });
const mesh = testMesh();

const shop = new MeshChart(app, 'shop', { mesh });
const reviews = new MeshService(shop, 'reviews', {
  port: 9080,
  versions: {
    v1: { image: 'docker.io/istio/examples-bookinfo-reviews-v1:1.20.3' },
    v2: { image: 'docker.io/istio/examples-bookinfo-reviews-v2:1.20.3', replicas: 2 },
  },
});

new Canary(shop, 'reviews-canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
new HeaderRoute(shop, 'reviews-jason', { service: reviews, match: header('end-user').exact('jason'), to: 'v2' });
new CircuitBreaker(shop, 'reviews-breaker', {
  service: reviews,
  connections: { max: 2, pending: 1, requestsPerConnection: 1 },
  ejection: { consecutive5xx: 5, baseTime: '30s' },
});

const edge = new IngressGateway(app, 'edge', { mesh });
edge.expose(reviews, { hosts: ['reviews.example.com'], paths: ['/reviews'] });

// Never called: what stands in it must not compile.
export function doesNotCompile(): void {
  // @ts-expect-error the service has no version v3
  new Canary(shop, 'wrong-candidate', { service: reviews, stable: 'v1', candidate: 'v3', percent: 10 });
  // @ts-expect-error the service has no version v4
  new HeaderRoute(shop, 'wrong-target', { service: reviews, match: header('a').exact('b'), to: 'v4' });
  // @ts-expect-error a breaker limits connections or ejects pods, or both
  new CircuitBreaker(shop, 'empty-breaker', { service: reviews });
  // @ts-expect-error a deployment of a version that is not there
  reviews.deployment('v9');
}

const { manifests } = app.synth();

function objects(kind: string): readonly Record<string, unknown>[] {
  return manifests.filter(({ object }) => object.kind === kind).map(({ object }) => object);
}

const v1 = { host: 'reviews.shop.svc.cluster.local', subset: 'v1', port: { number: 9080 } };
const v2 = { host: 'reviews.shop.svc.cluster.local', subset: 'v2', port: { number: 9080 } };
const jason = { 'end-user': { exact: 'jason' } };

test('a canary, a header route and a breaker are one VirtualService and one DestinationRule', () => {
  const inMesh = objects('VirtualService').filter((object) => !('gateways' in (object['spec'] as object)));
  expect(inMesh).toHaveLength(1);
  expect(inMesh[0]).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'reviews', namespace: 'shop' },
    spec: {
      hosts: ['reviews.shop.svc.cluster.local'],
      http: [
        { name: 'reviews-jason', match: [{ headers: jason }], route: [{ destination: v2 }] },
        {
          name: 'reviews-canary',
          route: [
            { destination: v1, weight: 90 },
            { destination: v2, weight: 10 },
          ],
        },
      ],
    },
  });
  expect(objects('DestinationRule')).toEqual([
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: 'reviews', namespace: 'shop' },
      spec: {
        host: 'reviews.shop.svc.cluster.local',
        trafficPolicy: {
          connectionPool: {
            tcp: { maxConnections: 2 },
            http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 },
          },
          // v1 has one pod: with Istio's default of 10 % it could never be ejected.
          outlierDetection: { consecutive5xxErrors: 5, baseEjectionTime: '30s', maxEjectionPercent: 100 },
        },
        subsets: [
          { name: 'v1', labels: { version: 'v1' } },
          { name: 'v2', labels: { version: 'v2' } },
        ],
      },
    },
  ]);
});

test('the split holds at the gateway too', () => {
  const atGateway = objects('VirtualService').filter((object) => 'gateways' in (object['spec'] as object));
  expect(atGateway.map((object) => object['spec'])).toEqual([
    {
      hosts: ['reviews.example.com'],
      gateways: ['istio-ingress/edge'],
      http: [
        {
          name: 'reviews-reviews-jason',
          match: [{ uri: { prefix: '/reviews' }, headers: jason }],
          route: [{ destination: v2 }],
        },
        {
          name: 'reviews-reviews-canary',
          match: [{ uri: { prefix: '/reviews' } }],
          route: [
            { destination: v1, weight: 90 },
            { destination: v2, weight: 10 },
          ],
        },
      ],
    },
  ]);
});

test('every object is a file of its own, in folders that sort in the order of application', () => {
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  expect(files).toHaveLength(manifests.length);
  expect(files).toContain('60-workload/shop/deployment-reviews-v1.yaml');
  expect(files).toContain('00-namespace/namespace-shop.yaml');
});
