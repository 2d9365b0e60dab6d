import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { kustomizeOverlays } from '../../../lib/gitops';
import { layOut } from '../../../lib/output';
import { displayRef } from '../../../lib/findings';
import { inOrder, manifestOf, readYaml, refOf, type KubeObject, type Manifest } from '../../../lib/manifest';
import { aMesh, object } from '../../support/objects-of-a-mesh';
import { kustomizeBinary } from './kustomize-binary';

const kustomize = kustomizeBinary();
const withKustomize = kustomize === undefined ? describe.skip : describe;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kustomize-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function build(files: ReadonlyMap<string, string>, path: string): KubeObject[] {
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const text = execFileSync(kustomize!, ['build', join(folder, path)], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const { objects, issues } = readYaml(text);
  expect(issues).toEqual([]);
  return objects.map((entry) => entry.object);
}

const DEV = aMesh({ weight: 50, replicas: 1, image: 'docker.io/example/reviews:2-rc' });
const STAGING = aMesh({ weight: 10, replicas: 2, image: 'docker.io/example/reviews:2-rc' });
const PROD = [
  ...aMesh({ weight: 10, replicas: 6, debug: false }),
  manifestOf(object('policy/v1', 'PodDisruptionBudget', 'shop/reviews', { spec: { minAvailable: 1 } })),
];
const ENVIRONMENTS = new Map([
  ['dev', DEV],
  ['staging', STAGING],
  ['prod', PROD],
]);

test('an overlay holds only what differs; replicas and images as a patch people can read', () => {
  const files = kustomizeOverlays(ENVIRONMENTS);
  expect([...files.keys()].filter((path) => path.startsWith('overlays/'))).toEqual([
    'overlays/dev/kustomization.yaml',
    'overlays/dev/60-workload/shop/deployment-fortio.yaml',
    'overlays/staging/kustomization.yaml',
    'overlays/staging/patches/60-workload/shop/deployment-reviews-v1.yaml',
    'overlays/staging/patches/80-route/shop/virtualservice-reviews.yaml',
    'overlays/staging/60-workload/shop/deployment-fortio.yaml',
    'overlays/prod/kustomization.yaml',
    'overlays/prod/patches/60-workload/shop/deployment-reviews-v1.yaml',
    'overlays/prod/patches/80-route/shop/virtualservice-reviews.yaml',
    'overlays/prod/60-workload/shop/poddisruptionbudget-reviews.yaml',
  ]);
  expect(files.get('overlays/prod/patches/60-workload/shop/deployment-reviews-v1.yaml')).toBe(
    [
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata:',
      '  name: reviews-v1',
      '  namespace: shop',
      'spec:',
      '  replicas: 6',
      '  template:',
      '    spec:',
      '      containers:',
      '        - name: proxyless',
      '        - image: docker.io/example/reviews:1',
      '          name: main',
      '',
    ].join('\n'),
  );
  expect(files.get('overlays/prod/patches/80-route/shop/virtualservice-reviews.yaml')).toBe(
    [
      '- op: replace',
      '  path: /spec/http/0/route/0/weight',
      '  value: 90',
      '- op: replace',
      '  path: /spec/http/0/route/1/weight',
      '  value: 10',
      '',
    ].join('\n'),
  );
});

test('environments that are alike need no patch', () => {
  const files = kustomizeOverlays(
    new Map([
      ['a', DEV],
      ['b', DEV],
    ]),
  );
  expect([...files.keys()].filter((path) => path.startsWith('overlays/'))).toEqual([
    'overlays/a/kustomization.yaml',
    'overlays/b/kustomization.yaml',
  ]);
});

withKustomize('built by the real kustomize', () => {
  test('one environment gives its objects, in the order of application', () => {
    const built = build(layOut(aMesh(), 'kustomize'), '.');
    expect(built).toEqual(inOrder(aMesh()).map((manifest) => manifest.object));
  });

  test.each([...ENVIRONMENTS])('the overlay %s gives exactly the objects of its environment', (name, manifests) => {
    expectSame(build(kustomizeOverlays(ENVIRONMENTS), `overlays/${name}`), manifests);
  });

  test('every kind of difference comes through', () => {
    const spec = (value: unknown): Manifest[] => [
      manifestOf(object('example.com/v1', 'Thing', 'a/b.c', { spec: value })),
    ];
    const values = [
      { a: 1, list: [1, 2, 3], 'x/y~z': { k: 'on' } },
      { a: '1', list: [3], 'x/y~z': { k: 'off', l: null } },
      { list: [1, [2], { b: [] }, 'x'], other: {} },
      { a: { b: 1 }, list: [], 'x/y~z': [] },
    ];
    const environments = new Map(values.map((value, i) => [`e${i}`, spec(value)]));
    for (const [i, value] of values.entries()) {
      expect(build(kustomizeOverlays(environments), `overlays/e${i}`).map((entry) => entry.spec)).toEqual([value]);
    }
  });

  const samples = join(process.env.ISTIO_ORACLE ?? resolve(__dirname, '../../../../shared/oracle'), 'samples');
  (existsSync(samples) ? test : test.skip)("Istio's samples come through unchanged", () => {
    const byName = new Map<string, Manifest>();
    for (const name of readdirSync(samples, { recursive: true, encoding: 'utf8' })) {
      if (!/\.ya?ml$/.test(name)) continue;
      for (const { object: found } of readYaml(readFileSync(join(samples, name), 'utf8')).objects) {
        if (found.kind !== 'Kustomization')
          byName.set(
            `${found.apiVersion} ${displayRef(refOf(found))}`.toLowerCase(),
            manifestOf(withoutEmptyAnnotations(found)),
          );
      }
    }
    expect(byName.size).toBeGreaterThan(50);
    expectSame(build(layOut([...byName.values()], 'kustomize'), '.'), [...byName.values()]);
  });
});

/** cdk8s leaves empty annotations out; so does kustomize. */
function withoutEmptyAnnotations(value: KubeObject): KubeObject {
  const { annotations, ...metadata } = value.metadata;
  const isEmpty = Object.keys(annotations ?? {}).length === 0;
  return isEmpty ? ({ ...value, metadata } as KubeObject) : value;
}

function expectSame(built: readonly KubeObject[], manifests: readonly Manifest[]): void {
  const text = (value: KubeObject): string => JSON.stringify(sorted(value));
  expect(built.map(text).sort()).toEqual(manifests.map((manifest) => text(manifest.object)).sort());
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
