import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import {
  addCheck,
  Canary,
  CircuitBreaker,
  header,
  HeaderRoute,
  IngressGateway,
  MeshApp,
  MeshChart,
  MeshService,
  PeerAuthentication,
  Timeout,
  VirtualService,
} from 'istio-constructs';
import { parseAllDocuments } from 'yaml';
import { testMesh } from '../../support/mesh';

const folder = (): string => mkdtempSync(join(tmpdir(), 'mesh-app-'));

/** Every file below a folder, text by path. */
function contents(dir: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(dir, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(dir.length + 1), readFileSync(path, 'utf8')]),
  );
}

/** The parts of a program that may stand in any order; each needs the two services. */
const PARTS: ((shop: MeshChart, reviews: MeshService<'v1' | 'v2'>, ratings: MeshService<'v1'>) => void)[] = [
  (shop, reviews) => new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 5 }),
  (shop, reviews) => new HeaderRoute(shop, 'jason', { service: reviews, match: header('u').exact('jason'), to: 'v2' }),
  (shop, reviews) => new HeaderRoute(shop, 'alice', { service: reviews, match: header('u').exact('alice'), to: 'v1' }),
  (shop, reviews) => new CircuitBreaker(shop, 'breaker', { service: reviews, connections: { max: 5 } }),
  (shop, _, ratings) => new Timeout(shop, 'timeout', { service: ratings, timeout: '2s' }),
  (shop, _, ratings) => new Timeout(shop, 'slow', { service: ratings, timeout: '9s', match: header('slow').present() }),
  (shop, reviews) => {
    new IngressGateway(shop, 'edge').expose(reviews, { hosts: ['b.example.com', 'a.example.com'] });
  },
];

function program(outdir: string, order: readonly number[]): MeshApp {
  const app = new MeshApp({ outdir });
  const shop = new MeshChart(app, 'shop', { mesh: testMesh() });
  const reviews = new MeshService(shop, 'reviews', {
    port: 9080,
    versions: { v1: { image: 'reviews:1' }, v2: { image: 'reviews:2' } },
  });
  const ratings = new MeshService(shop, 'ratings', { port: 9080, versions: { v1: { image: 'ratings:1' } } });
  for (const index of order) PARTS[index]?.(shop, reviews, ratings);
  return app;
}

const natural = PARTS.map((_, index) => index);

test('two synths of one program give the same bytes', () => {
  const [first, second] = [folder(), folder()];
  program(first, natural).synth();
  program(second, natural).synth();
  expect(Object.keys(contents(first)).length).toBeGreaterThan(12);
  expect(contents(second)).toEqual(contents(first));
});

test('the order in which constructs are made does not show in the output', () => {
  const expected = program(folder(), natural).synthYaml();
  fc.assert(
    fc.property(fc.shuffledSubarray(natural, { minLength: natural.length }), (order) => {
      expect(program(folder(), order).synthYaml()).toBe(expected);
    }),
    { numRuns: 25 },
  );
});

test('objects of one kind and name in two namespaces are two files', () => {
  const outdir = folder();
  const app = new MeshApp({ outdir });
  for (const namespace of ['a', 'b']) {
    const chart = new MeshChart(app, namespace, { mesh: testMesh() });
    new PeerAuthentication(chart, 'default', { spec: { mtls: { mode: 'STRICT' } } });
  }
  app.synth();
  expect(Object.keys(contents(outdir)).filter((path) => path.includes('peerauthentication'))).toEqual([
    '90-policy/a/peerauthentication-default.yaml',
    '90-policy/b/peerauthentication-default.yaml',
  ]);
});

test('files of an earlier synth go, files of others stay', () => {
  const outdir = folder();
  const first = new MeshApp({ outdir });
  new PeerAuthentication(new MeshChart(first, 'old', { mesh: testMesh() }), 'default', { spec: {} });
  first.synth();
  writeFileSync(join(outdir, 'README.md'), 'mine');
  const second = new MeshApp({ outdir });
  new PeerAuthentication(new MeshChart(second, 'new', { mesh: testMesh() }), 'default', { spec: {} });
  second.synth();
  expect(existsSync(join(outdir, '90-policy/old/peerauthentication-default.yaml'))).toBe(false);
  expect(existsSync(join(outdir, '90-policy/new/peerauthentication-default.yaml'))).toBe(true);
  expect(readFileSync(join(outdir, 'README.md'), 'utf8')).toBe('mine');
});

test('on any error nothing on disk changes', () => {
  const outdir = folder();
  program(outdir, natural).synth();
  const before = contents(outdir);
  const broken = program(outdir, natural);
  addCheck(broken, () => [{ code: 'no', severity: 'error', message: 'no' }]);
  expect(() => broken.synth()).toThrow('no');
  expect(contents(outdir)).toEqual(before);
});

test('cluster-scoped objects never carry the namespace of their chart', () => {
  const app = new MeshApp({ outdir: folder() });
  const chart = new Chart(app, 'plain', { namespace: 'somewhere' });
  new ApiObject(chart, 'role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'x' },
  });
  expect(app.check().manifests.map(({ object }) => object.metadata)).toEqual([{ name: 'x' }]);
});

test('a plain cdk8s App gives the same objects, by app.synth and by Testing.synth', () => {
  const build = (app: App): MeshChart => {
    const shop = new MeshChart(app, 'shop', { mesh: testMesh() });
    const reviews = new MeshService(shop, 'reviews', {
      port: 9080,
      versions: { v1: { image: 'reviews:1' }, v2: { image: 'reviews:2', emptyDirs: { tmp: '/tmp' } } },
    });
    const ratings = new MeshService(shop, 'ratings', { port: 9080, versions: { v1: { image: 'ratings:1' } } });
    for (const part of PARTS) part(shop, reviews, ratings);
    return shop;
  };
  const bySynth = (objects: readonly unknown[]): string[] =>
    objects.map((object) => JSON.stringify(sorted(object))).sort();
  const fast = new MeshApp({ outdir: folder() });
  build(fast);
  const expected = bySynth(fast.check().manifests.map(({ object }) => object));
  const tested = Testing.synth(build(Testing.app())) as unknown[];
  expect(bySynth(tested)).toEqual(expected);

  const outdir = folder();
  const plain = new App({ outdir });
  build(plain);
  plain.synth();
  const text = readFileSync(join(outdir, 'shop.k8s.yaml'), 'utf8');
  const read = parseAllDocuments(text).map((document) => document.toJS() as unknown);
  expect(bySynth(read.map((object) => sorted(object)))).toEqual(
    expected.map((one) => JSON.stringify(sorted(JSON.parse(one)))).sort(),
  );
});

test('a plain cdk8s App refuses what a MeshApp refuses', () => {
  const app = Testing.app();
  const shop = new MeshChart(app, 'shop', { mesh: testMesh() });
  const reviews = new MeshService(shop, 'reviews', { port: 1, versions: { v1: { image: 'x' }, v2: { image: 'y' } } });
  new Canary(shop, 'first', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
  new Canary(shop, 'second', { service: reviews, stable: 'v1', candidate: 'v2', percent: 20 });
  new PeerAuthentication(shop, 'strict', { spec: { mtls: { mode: 'STRCT' as 'STRICT' } } });
  expect(() => Testing.synth(shop)).toThrow(/\[shop\/first\] and \[shop\/second\] contradict/);
  expect(() => Testing.synth(shop)).toThrow(/STRCT/);
});

test("another construct's own validation stops the output too, with its path", () => {
  const app = new MeshApp({ outdir: folder() });
  const chart = new Chart(app, 'foreign');
  chart.node.addValidation({ validate: () => ['not today'] });
  expect(() => app.synth()).toThrow('[foreign]: not today');
});

test('an object that cannot be rendered is named by its path', () => {
  const app = new MeshApp({ outdir: folder() });
  new ApiObject(new Chart(app, 'c'), 'bad', { apiVersion: 'v1', kind: 'ConfigMap', data: { when: new Date(0) } });
  expect(() => app.synth()).toThrow('c/bad');
});

test('a service that exists elsewhere is routed to in its own namespace', () => {
  const app = new MeshApp({ outdir: folder() });
  const shop = new MeshChart(app, 'shop', { mesh: testMesh() });
  const legacy = MeshService.named('legacy', { namespace: 'old', port: 80, versions: ['v1'] });
  new Timeout(shop, 'timeout', { service: legacy, timeout: '1s' });
  expect(
    app
      .check()
      .manifests.map(({ object }) => `${object.kind} ${object.metadata.namespace ?? ''} ${object.metadata.name}`),
  ).toEqual(['Namespace  shop', 'VirtualService old legacy']);
});

test('hosts that are said to be known may be routed to, others not', () => {
  const build = (knownHosts: string[]): MeshApp => {
    const app = new MeshApp({ outdir: folder(), knownHosts });
    new VirtualService(new MeshChart(app, 'shop', { mesh: testMesh() }), 'out', {
      spec: {
        hosts: ['api.example.com'],
        http: [{ route: [{ destination: { host: 'api.example.com', port: { number: 443 } } }] }],
      },
    });
    return app;
  };
  expect(() => build([]).check()).toThrow('Unknown host "api.example.com".');
  expect(build(['api.example.com']).check().issues).toEqual([]);
  expect(build(['*.example.com']).check().issues).toEqual([]);
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
