import fc from 'fast-check';
import * as jsYaml from 'js-yaml';
import { layOut, parseLayout, type Layout } from '../../../lib/output';
import { displayRef } from '../../../lib/findings';
import { inOrder, manifestOf, readYaml, refOf, type KubeObject } from '../../../lib/manifest';
import { aMesh, object } from '../../support/objects-of-a-mesh';

const ARGO: Layout = { layout: 'argocd', repoURL: 'https://git.example.com/shop.git', path: 'prod' };
const FLUX: Layout = { layout: 'flux', source: { kind: 'GitRepository', url: 'https://git.example.com/shop.git' } };
const LAYOUTS: readonly Layout[] = [
  'objects',
  'charts',
  'single',
  'kustomize',
  ARGO,
  { ...ARGO, applications: 'charts' },
  FLUX,
];

/** Kinds a layout adds for its tool; they are not part of the output itself. */
const OF_THE_TOOL = /^(argoproj.io\/.*Application$|kustomize|source.toolkit)/;
const WAVE = 'argocd.argoproj.io/sync-wave';

const withoutWave = ({ metadata: { annotations, ...metadata }, ...rest }: KubeObject): KubeObject => {
  const kept = Object.entries(annotations ?? {}).filter(([key]) => key !== WAVE);
  return {
    ...rest,
    metadata: { ...metadata, ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }) },
  } as KubeObject;
};

/** The objects of a layout, in file order, read by our reader. */
function objectsOf(files: ReadonlyMap<string, string>): KubeObject[] {
  return [...files.keys()].sort().flatMap((path) => {
    const result = readYaml(files.get(path)!, { file: path });
    expect(result.issues).toEqual([]);
    return result.objects
      .map((entry) => entry.object)
      .filter((entry) => !OF_THE_TOOL.test(`${entry.apiVersion}/${entry.kind}`));
  });
}

const byName = (objects: readonly KubeObject[]): KubeObject[] =>
  [...objects].sort((a, b) =>
    `${a.apiVersion} ${displayRef(refOf(a))}` < `${b.apiVersion} ${displayRef(refOf(b))}` ? -1 : 1,
  );

const names = LAYOUTS.map((layout) => [typeof layout === 'string' ? layout : JSON.stringify(layout), layout] as const);

test.each(names)('the layout %s holds exactly the objects that went in', (_name, layout) => {
  const objects = aMesh().map((manifest) => manifest.object);
  expect(byName(objectsOf(layOut(aMesh(), layout)).map(withoutWave))).toEqual(byName(objects));
});

test.each(names)('the layout %s does not depend on the order things were made in', (_name, layout) => {
  const expected = [...layOut(aMesh(), layout)].sort();
  fc.assert(
    fc.property(fc.shuffledSubarray(aMesh(), { minLength: aMesh().length }), (shuffled) => {
      expect([...layOut(shuffled, layout)].sort()).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

test.each(names)('js-yaml reads the files of the layout %s like our reader', (_name, layout) => {
  for (const [path, text] of layOut(aMesh(), layout)) {
    const { objects, others } = readYaml(text, { file: path });
    const ours = [...objects.map((entry) => entry.object), ...others.map((entry) => entry.value)];
    expect(jsYaml.loadAll(text)).toEqual(ours);
  }
});

test('objects: one file each, named by phase, namespace, kind and name', () => {
  expect(
    [...layOut(aMesh(), 'objects').keys()].map((path) => path.replace(/-[0-9a-f]{8}\.yaml$/, '-HASH.yaml')),
  ).toEqual([
    '00-namespace/namespace-shop.yaml',
    '05-crd/customresourcedefinition-gateways.networking.istio.io.yaml',
    '10-rbac/clusterrole-system_istio_reader-HASH.yaml',
    '10-rbac/clusterrole-system_istio_reader-HASH.yaml',
    '20-config/istio-system/configmap-istio.yaml',
    '40-webhook/validatingwebhookconfiguration-istio-validator-istio-system.yaml',
    '50-gateway/shop/gateway.gateway.networking.k8s.io-edge.yaml',
    '50-gateway/shop/gateway-edge.yaml',
    '60-workload/istio-system/deployment-istiod.yaml',
    '60-workload/shop/deployment-fortio.yaml',
    '60-workload/shop/deployment-reviews-v1.yaml',
    '60-workload/shop/horizontalpodautoscaler-reviews-v1.yaml',
    '70-destination-rule/shop/destinationrule-reviews.yaml',
    '80-route/shop/virtualservice-reviews.yaml',
    '90-policy/edge/peerauthentication-default.yaml',
    '90-policy/shop/peerauthentication-default.yaml',
  ]);
});

test('file order is the order of application', () => {
  const inFileOrder = objectsOf(layOut(aMesh(), 'objects'));
  const phases = new Map(aMesh().map((manifest) => [displayRef(refOf(manifest.object)), manifest.phase]));
  const order = [...new Set(inFileOrder.map((entry) => phases.get(displayRef(refOf(entry)))))];
  expect(order).toEqual([...new Set(inOrder(aMesh()).map((manifest) => manifest.phase))]);
});

test('a file name depends on its object alone', () => {
  const before = layOut(aMesh({ debug: false }), 'objects');
  const after = layOut([...aMesh(), manifestOf(object('v1', 'Service', 'aaa/aaa'))], 'objects');
  for (const [path, text] of before) expect([path, after.get(path)]).toEqual([path, text]);
});

test('names that differ in case or in unsafe characters never share a file', () => {
  const name = fc.stringMatching(/^[aA:/_. ]{1,4}$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 8 }), (all) => {
      const manifests = all.map((each) => manifestOf({ apiVersion: 'v1', kind: 'X', metadata: { name: each } }));
      const paths = [...layOut(manifests, 'objects').keys()];
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(all.length);
      for (const path of paths) expect(path).toMatch(/^60-workload\/[a-z0-9._-]+\.yaml$/);
    }),
  );
});

test('a name too long for a file is cut', () => {
  const long = manifestOf(object('v1', 'ConfigMap', `shop/${'a'.repeat(253)}`));
  const [path] = [...layOut([long], 'objects').keys()];
  expect(path!.split('/').pop()!.length).toBeLessThan(230);
});

test('refuses the same object twice', () => {
  expect(() => layOut([...aMesh(), ...aMesh()], 'objects')).toThrow('the same object twice: ');
});

test('charts: one file per chart, or per first part of the construct path', () => {
  expect([...layOut(aMesh(), 'charts').keys()]).toEqual(['edge.k8s.yaml', 'mesh.k8s.yaml', 'shop.k8s.yaml']);
  const nested = [
    { ...manifestOf(object('v1', 'Service', 'a/x')), chart: 'a/b-c' },
    { ...manifestOf(object('v1', 'Service', 'a/y')), chart: 'a-b/c' },
  ];
  const files = layOut(nested, 'charts');
  expect(files.size).toBe(2);
  expect([...files.keys()]).toContain('a-b-c.k8s.yaml');
});

test('single: everything in one file, in order', () => {
  const files = layOut(aMesh(), 'single');
  expect([...files.keys()]).toEqual(['app.k8s.yaml']);
  expect(objectsOf(files)).toEqual(inOrder(aMesh()).map((manifest) => manifest.object));
});

describe('a layout as text', () => {
  test.each(['objects', 'charts', 'single', 'kustomize'])('%s is its name', (name) => {
    expect(parseLayout(name)).toBe(name);
    expect(parseLayout(JSON.stringify({ layout: name }))).toBe(name);
  });

  test('Argo CD and Flux come with their options', () => {
    expect(parseLayout(JSON.stringify(ARGO))).toEqual(ARGO);
    expect(parseLayout(JSON.stringify(FLUX))).toEqual(FLUX);
  });

  test.each([
    ['kustomise', 'The layout "kustomise" does not exist. Did you mean "kustomize"?'],
    ['argocd', 'The layout "argocd" needs a repoURL.'],
    ['{"layout":"argocd","repoURL":""}', 'needs a repoURL'],
    ['{"layout":"argocd","repoURL":"x","applications":"chart"}', 'has applications "one" or "charts", not "chart"'],
    ['flux', 'The layout "flux" needs a source.'],
    ['{"layout":"flux","source":{"kind":"Bucket","url":"x"}}', 'needs a source: {'],
    ['{"layout"', 'is not JSON'],
    ['{}', 'does not exist'],
  ])('refuses %s', (text, message) => {
    expect(() => parseLayout(text)).toThrow(message);
  });
});
