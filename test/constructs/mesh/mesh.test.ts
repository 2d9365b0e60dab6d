import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Mesh, MeshApp, MeshChart, MeshService, type MeshProps } from '../../../constructs';
import { installManifests, resolveInstall, specOfOptions } from '../../../lib/install';
import { IssueError, type Issue } from '../../../lib/findings';
import type { KubeObject, Manifest, Phase } from '../../../lib/manifest';
import { OPTION_VALUES } from '../../lib/install/option-values';
import { names, one } from '../../lib/install/render';

const newApp = (): MeshApp => new MeshApp({ outdir: mkdtempSync(join(tmpdir(), 'mesh-')) });

function synthesized(app: MeshApp): {
  manifests: readonly Manifest[];
  issues: readonly Issue[];
  objects: KubeObject[];
} {
  const { manifests, issues } = app.check();
  return { manifests, issues, objects: manifests.map(({ object }) => object) };
}

function objectsOf(props: MeshProps): KubeObject[] {
  const app = newApp();
  new Mesh(app, 'mesh', props);
  return synthesized(app).objects;
}

function refused(call: () => unknown): readonly Issue[] {
  try {
    call();
  } catch (error) {
    if (error instanceof IssueError) return error.issues;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a mesh', () => {
  test('with all defaults is the default profile and its namespace, each object in its phase', () => {
    const app = newApp();
    new Mesh(app, 'mesh');
    const { manifests, issues } = synthesized(app);
    const expected = installManifests(resolveInstall({}));
    const label = ({ object, phase }: Manifest): string => `${phase} ${names([object])[0]!}`;
    expect(manifests.map(label).sort()).toEqual(['namespace Namespace istio-system', ...expected.map(label)].sort());
    expect(issues).toEqual([]);
  });

  test('with every option once is what the options make', () => {
    const every = Object.fromEntries(Object.entries(OPTION_VALUES).map(([option, values]) => [option, values.at(-1)]));
    const expected = installManifests(resolveInstall(specOfOptions(every))).map(({ object }) => object);
    expect(
      names(objectsOf(every))
        .filter((name) => !name.startsWith('Namespace '))
        .sort(),
    ).toEqual(names(expected).sort());
  });

  test('puts its objects into phases: CRDs, then istiod, then webhooks, then gateways', () => {
    const app = newApp();
    new Mesh(app, 'mesh', { profile: 'demo' });
    const phaseOf = (kind: string, name: string): Phase | undefined =>
      synthesized(app).manifests.find(({ object }) => object.kind === kind && object.metadata.name === name)?.phase;
    expect(phaseOf('CustomResourceDefinition', 'virtualservices.networking.istio.io')).toBe('crd');
    expect(phaseOf('ConfigMap', 'istio')).toBe('config');
    expect(phaseOf('Deployment', 'istiod')).toBe('control-plane');
    expect(phaseOf('MutatingWebhookConfiguration', 'istio-sidecar-injector')).toBe('webhook');
    expect(phaseOf('Deployment', 'istio-ingressgateway')).toBe('gateway');
    expect(phaseOf('Deployment', 'istio-egressgateway')).toBe('gateway');
  });

  test('writes the same whatever was made first', () => {
    const inOneOrder = newApp();
    new Mesh(inOneOrder, 'mesh');
    new MeshChart(inOneOrder, 'shop', { mesh: Mesh.existing() });
    const inTheOther = newApp();
    new MeshChart(inTheOther, 'shop', { mesh: Mesh.existing() });
    new Mesh(inTheOther, 'mesh');
    expect(synthesized(inOneOrder).objects).toEqual(synthesized(inTheOther).objects);
  });

  test('works in a plain cdk8s App', () => {
    const app = new App();
    const mesh = new Mesh(app, 'mesh', { profile: 'minimal' });
    const objects = mesh.node.children.flatMap((chart) => Testing.synth(chart as Chart) as KubeObject[]);
    expect(names(objects)).toContain('Deployment istiod');
    expect(one(objects, 'ClusterRole', 'istiod-clusterrole-istio-system').metadata).not.toHaveProperty('namespace');
  });

  test('has its namespace with the network label, unless somebody else makes it', () => {
    const namespaces = (props: MeshProps): KubeObject[] => objectsOf(props).filter(({ kind }) => kind === 'Namespace');
    expect(namespaces({}).map(({ metadata }) => metadata)).toMatchObject([{ name: 'istio-system' }]);
    expect(namespaces({ namespace: 'mesh', multiCluster: { network: 'n' } })).toMatchObject([
      { metadata: { name: 'mesh', labels: { 'topology.istio.io/network': 'n' } } },
    ]);
    expect(namespaces({ createNamespace: false })).toEqual([]);
  });

  test('lets its objects be patched', () => {
    const app = newApp();
    const mesh = new Mesh(app, 'mesh', { profile: 'ambient', ingress: true });
    mesh.object('Deployment', 'istiod').addJsonPatch(JsonPatch.replace('/spec/replicas', 4));
    expect(mesh.object('ClusterRole', 'istio-cni').kind).toBe('ClusterRole');
    expect(one(synthesized(app).objects, 'Deployment', 'istiod').spec!.replicas).toBe(4);
    expect(() => mesh.object('Deployment', 'istio')).toThrow(
      /The mesh has no Deployment "istio". Did you mean "Deployment istiod"/,
    );
  });

  test('warns of settings that change nothing', () => {
    const app = newApp();
    new Mesh(app, 'mesh', { pilot: { replicas: 1, k8s: { hpaSpec: { maxReplicas: 3 } } } });
    expect(synthesized(app).issues).toMatchObject([
      { code: 'setting-without-effect', severity: 'warning', origin: 'mesh' },
    ]);
  });

  test('refuses settings that do not exist, with the nearest name', () => {
    const values = { global: { proxys: {} } } as unknown as NonNullable<MeshProps['values']>;
    const [issue] = refused(() => new Mesh(newApp(), 'mesh', { values }));
    expect(issue!.message).toContain('"proxy"');
    // @ts-expect-error there is no such option
    new Mesh(newApp(), 'mesh', { profiles: 'demo' });
  });
});

describe('a mesh that somebody else makes in the cluster', () => {
  test.each([
    ['argo-cd', ['Application istio-base', 'Application istiod']],
    ['flux', ['HelmRelease istio-base', 'HelmRelease istiod', 'OCIRepository istio-base', 'OCIRepository istiod']],
    ['istio-operator', ['IstioOperator mesh']],
    ['sail', ['Istio default']],
  ] as const)('by %s is what that reads, and nothing else', (by, expected) => {
    const app = newApp();
    const mesh = new Mesh(app, 'mesh', { profile: 'minimal', by });
    const { issues, objects } = synthesized(app);
    expect(names(objects).sort()).toEqual(expected);
    expect(issues).toEqual([]);
    expect(mesh.settings).toEqual(new Mesh(newApp(), 'mesh', { profile: 'minimal' }).settings);
  });

  test('has the values of each chart', () => {
    const mesh = new Mesh(newApp(), 'mesh', { profile: 'ambient', pilot: { traceSampling: 5 } });
    const [base, istiod] = mesh.chartReleases();
    expect(base).toMatchObject({ name: 'istio-base', chart: 'base', namespace: 'istio-system' });
    expect(istiod!.values).toMatchObject({ profile: 'ambient', pilot: { traceSampling: 5 } });
  });

  test('refuses settings that its charts have no value for', () => {
    const pilot = { k8s: { priorityClassName: 'high' } };
    expect(refused(() => new Mesh(newApp(), 'mesh', { pilot, by: 'flux' }))).toMatchObject([
      { code: 'no-chart-value' },
    ]);
  });
});

describe('a mesh from IstioOperator files', () => {
  const operator = {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    spec: { profile: 'minimal', revision: 'blue', meshConfig: { accessLogFile: '/dev/stdout' } },
  };

  test('is the install that they describe, without a namespace unless it is wanted', () => {
    const app = newApp();
    const mesh = Mesh.fromOperator(app, 'mesh', [operator], { set: ['hub=example.com/istio'] });
    const { objects } = synthesized(app);
    expect(mesh.settings).toMatchObject({ revision: 'blue', hub: 'example.com/istio' });
    expect(names(objects)).toContain('Deployment istiod-blue');
    expect(names(objects)).not.toContain('Namespace istio-system');
    const other = newApp();
    Mesh.fromOperator(other, 'mesh', [operator], { createNamespace: true });
    expect(names(synthesized(other).objects)).toContain('Namespace istio-system');
  });

  test('refuses settings that do not exist', () => {
    const wrong = { ...operator, spec: { profiles: 'demo' } };
    expect(refused(() => Mesh.fromOperator(newApp(), 'mesh', [wrong]))).toMatchObject([{ code: 'unknown-setting' }]);
  });
});

describe('an existing mesh', () => {
  test('makes nothing, and has the defaults of Istio', () => {
    expect(Mesh.existing().settings).toMatchObject({
      namespace: 'istio-system',
      rootNamespace: 'istio-system',
      revision: 'default',
      tags: [],
      trustDomain: 'cluster.local',
      clusterDomain: 'cluster.local',
      dataPlane: 'sidecar',
      cni: false,
      hub: 'docker.io/istio',
      istioVersion: '1.30.3',
      gateways: [],
    });
  });

  test('is what is said of it', () => {
    const gateways = [
      { name: 'edge', namespace: 'edge', kind: 'ingress', labels: { istio: 'edge' }, ports: [] },
    ] as const;
    expect(
      Mesh.existing({
        namespace: 'mesh',
        revision: 'blue',
        tags: ['prod'],
        dataPlane: 'ambient',
        cni: true,
        version: '1.29.6',
        hub: 'h',
        clusterDomain: 'c.example',
        meshConfig: { trustDomain: 't', extensionProviders: [{ name: 'p', zipkin: { service: 's', port: 9411 } }] },
        gateways,
      }).settings,
    ).toMatchObject({
      namespace: 'mesh',
      rootNamespace: 'mesh',
      revision: 'blue',
      tags: ['prod'],
      trustDomain: 't',
      clusterDomain: 'c.example',
      dataPlane: 'ambient',
      cni: true,
      hub: 'h',
      istioVersion: '1.29.6',
      extensionProviders: ['p'],
      gateways,
    });
  });
});

describe('two revisions', () => {
  const shop = (app: MeshApp, mesh: Mesh, props: { readonly revisionTag?: string } = {}): void => {
    const chart = new MeshChart(app, 'shop', { mesh, ...props });
    new MeshService(chart, 'web', { port: 80, versions: { v1: { image: 'example.com/web:1' } } });
  };

  test('stand side by side: what the cluster shares is there once', () => {
    const app = newApp();
    const stable = new Mesh(app, 'stable', { revision: '1-29', tag: '1.29.6', tags: ['prod'] });
    new Mesh(app, 'canary', { revision: '1-30', profile: 'minimal', tags: ['canary'], beside: stable });
    const { issues, objects } = synthesized(app);
    expect(issues).toEqual([]);
    const all = names(objects);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
    expect(all).toEqual(
      expect.arrayContaining([
        'Deployment istiod-1-29',
        'Deployment istiod-1-30',
        'MutatingWebhookConfiguration istio-revision-tag-prod',
        'MutatingWebhookConfiguration istio-revision-tag-canary',
        'Namespace istio-system',
      ]),
    );
  });

  test('moving a tag changes the webhook and Service of the tag, and nothing in the namespaces that follow it', () => {
    const upgrade = (tagged: 'stable' | 'canary'): KubeObject[] => {
      const app = newApp();
      const tags = (mesh: string): { readonly tags?: readonly string[] } => (mesh === tagged ? { tags: ['prod'] } : {});
      const stable = new Mesh(app, 'stable', { revision: '1-29', tag: '1.29.6', ...tags('stable') });
      const canary = new Mesh(app, 'canary', {
        revision: '1-30',
        profile: 'minimal',
        beside: stable,
        ...tags('canary'),
      });
      shop(app, tagged === 'stable' ? stable : canary, { revisionTag: 'prod' });
      return synthesized(app).objects;
    };
    const [before, after] = [upgrade('stable'), upgrade('canary')];
    const changed = before.filter((object) => {
      const same = after.find(
        (other) => names([other])[0] === names([object])[0] && other.metadata.namespace === object.metadata.namespace,
      );
      return JSON.stringify(same) !== JSON.stringify(object);
    });
    expect(names(changed).filter((name) => !name.startsWith('ConfigMap values'))).toEqual([
      'Service istiod-revision-tag-prod',
      'MutatingWebhookConfiguration istio-revision-tag-prod',
    ]);
  });

  test('refuses the same revision and the same tag on both', () => {
    const app = newApp();
    const stable = new Mesh(app, 'stable', { tags: ['prod'] });
    const issues = refused(() => new Mesh(app, 'canary', { tags: ['prod'], beside: stable }));
    expect(issues.map(({ code, origin }) => [code, origin])).toEqual([
      ['revision-taken', 'canary'],
      ['tag-taken', 'canary'],
    ]);
  });

  test('refuses versions that are too far apart', () => {
    const other = Mesh.existing({ version: '1.26.0', revision: 'old' });
    expect(refused(() => new Mesh(newApp(), 'mesh', { beside: other }))).toMatchObject([{ code: 'version-skew' }]);
  });

  test('refuses the removal of a revision that a namespace still names', () => {
    const app = newApp();
    new Mesh(app, 'mesh', { revision: '1-30' });
    const chart = new Chart(app, 'old');
    new ApiObject(chart, 'ns', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'old', labels: { 'istio.io/rev': '1-29' } },
    });
    expect(refused(() => app.check())).toMatchObject([
      { code: 'revision-still-used', object: { name: 'old' }, origin: 'old/ns' },
    ]);
  });

  test('the namespaces of a mesh that is installed elsewhere do not concern this one', () => {
    const app = newApp();
    new Mesh(app, 'mesh', { revision: '1-30' });
    new MeshChart(app, 'other', { mesh: Mesh.existing({ revision: '1-29' }) });
    expect(synthesized(app).issues).toEqual([]);
  });
});
