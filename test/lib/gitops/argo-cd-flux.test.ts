import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layOut } from '../../../lib/output';
import type { ArgoCdLayout, FluxLayout } from '../../../lib/gitops';
import {
  manifestOf,
  PHASES,
  readYaml,
  writeYaml,
  writeYamlValue,
  type KubeObject,
  type Manifest,
} from '../../../lib/manifest';
import { aMesh, deployment, object } from '../../support/objects-of-a-mesh';
import { kustomizeBinary } from './kustomize-binary';

const ARGO: ArgoCdLayout = { layout: 'argocd', repoURL: 'https://git.example.com/shop.git', path: 'prod' };
const FLUX: FluxLayout = {
  layout: 'flux',
  source: { kind: 'OCIRepository', url: 'oci://registry.example.com/shop' },
  path: './prod',
};

/** What the CRD schemas of Argo CD and Flux say; the models are ES modules, hence a process of its own. */
function schemaProblems(objects: readonly unknown[]): string[] {
  const script = join(__dirname, 'fixtures', 'validate-models.mjs');
  return JSON.parse(
    execFileSync(process.execPath, [script], { input: JSON.stringify(objects), encoding: 'utf8' }),
  ) as string[];
}

const read = (text: string): KubeObject[] => readYaml(text).objects.map((entry) => entry.object);

interface Application extends KubeObject {
  readonly spec: {
    readonly source: { readonly path: string; readonly repoURL: string };
    readonly ignoreDifferences?: readonly Record<string, unknown>[];
    readonly syncPolicy: { readonly syncOptions: readonly string[]; readonly automated?: unknown };
  };
}

interface FluxKustomization extends KubeObject {
  readonly spec: {
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly healthChecks?: readonly { readonly name: string }[];
    readonly wait?: boolean;
    readonly path: string;
    readonly patches?: readonly { readonly patch: string; readonly target: Record<string, unknown> }[];
  };
}

const rollouts = (): Manifest[] =>
  [
    object('argoproj.io/v1alpha1', 'Rollout', 'shop/ratings', {
      spec: {
        workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'ratings', scaleDown: 'onsuccess' },
        strategy: {
          canary: {
            stableService: 'ratings-stable',
            canaryService: 'ratings-canary',
            trafficRouting: { istio: { virtualService: { name: 'ratings' }, destinationRule: { name: 'ratings' } } },
          },
        },
      },
    }),
    object('v1', 'Service', 'shop/ratings-stable', { spec: { selector: { app: 'ratings' } } }),
    object('networking.istio.io/v1', 'VirtualService', 'shop/ratings', {
      spec: { hosts: ['ratings'], http: [{ route: [{ destination: { host: 'ratings' }, weight: 100 }] }] },
    }),
    object('networking.istio.io/v1', 'DestinationRule', 'shop/ratings', {
      spec: { host: 'ratings', subsets: [{ name: 'stable', labels: { app: 'ratings' } }] },
    }),
    object('flagger.app/v1beta1', 'Canary', 'shop/details', {
      spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'details' }, service: { port: 9080 } },
    }),
    deployment('shop/ratings', 1, 'docker.io/example/ratings:1'),
    deployment('shop/details', 1, 'docker.io/example/details:1'),
  ].map((value) => manifestOf(value));

describe('Argo CD', () => {
  const application = (layout: ArgoCdLayout, manifests = aMesh()): Application =>
    read(layOut(manifests, layout).get('application.yaml')!)[0] as Application;

  test('every object has its phase as sync wave, and the first phase needs none', () => {
    for (const [path, text] of layOut(aMesh(), ARGO)) {
      if (!path.startsWith('manifests/')) continue;
      const phase = path.split('/')[1]!.slice(3) as keyof typeof PHASES;
      const wave = read(text)[0]!.metadata.annotations?.['argocd.argoproj.io/sync-wave'];
      expect([path, wave]).toEqual([path, PHASES[phase] === 0 ? undefined : String(PHASES[phase])]);
    }
  });

  test('one Application takes everything, leaves what others own alone, and respects that while syncing', () => {
    const { metadata, spec } = application(ARGO);
    expect(metadata).toMatchObject({ name: 'mesh', namespace: 'argocd' });
    expect(spec.source).toMatchObject({ repoURL: ARGO.repoURL, path: 'prod/manifests', directory: { recurse: true } });
    expect(spec.syncPolicy.syncOptions).toEqual(
      expect.arrayContaining(['ServerSideApply=true', 'RespectIgnoreDifferences=true']),
    );
    expect(spec.ignoreDifferences).toEqual([
      {
        group: 'admissionregistration.k8s.io',
        kind: 'ValidatingWebhookConfiguration',
        name: 'istio-validator-istio-system',
        jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.failurePolicy'],
      },
      {
        group: 'apps',
        kind: 'Deployment',
        name: 'reviews-v1',
        namespace: 'shop',
        jqPathExpressions: ['.spec.replicas'],
      },
    ]);
  });

  test('what rollout controllers own is left alone', () => {
    expect(application(ARGO, rollouts()).spec.ignoreDifferences).toEqual([
      {
        kind: 'Service',
        name: 'ratings-stable',
        namespace: 'shop',
        jqPathExpressions: ['.spec.selector."rollouts-pod-template-hash"'],
      },
      { group: 'apps', kind: 'Deployment', name: 'details', namespace: 'shop', jqPathExpressions: ['.spec.replicas'] },
      { group: 'apps', kind: 'Deployment', name: 'ratings', namespace: 'shop', jqPathExpressions: ['.spec.replicas'] },
      {
        group: 'networking.istio.io',
        kind: 'DestinationRule',
        name: 'ratings',
        namespace: 'shop',
        jqPathExpressions: ['.spec.subsets[]?.labels'],
      },
      {
        group: 'networking.istio.io',
        kind: 'VirtualService',
        name: 'ratings',
        namespace: 'shop',
        jqPathExpressions: ['.spec.http[]?.route[]?.weight'],
      },
    ]);
  });

  test('one Application per chart hangs below an app-of-apps, in waves of their own', () => {
    const files = layOut(aMesh(), { ...ARGO, applications: 'charts', automated: false });
    expect(application({ ...ARGO, applications: 'charts' }).spec.source.path).toBe('prod/applications');
    const apps = ['mesh', 'edge', 'shop'].map(
      (chart) => read(files.get(`applications/${chart}.yaml`)!)[0] as Application,
    );
    expect(
      apps.map((app) => [
        app.metadata.name,
        app.spec.source.path,
        app.metadata.annotations,
        app.spec.syncPolicy.automated,
      ]),
    ).toEqual([
      ['mesh-mesh', 'prod/manifests/mesh', { 'argocd.argoproj.io/sync-wave': '5' }, undefined],
      ['mesh-edge', 'prod/manifests/edge', { 'argocd.argoproj.io/sync-wave': '50' }, undefined],
      ['mesh-shop', 'prod/manifests/shop', undefined, undefined],
    ]);
    expect(apps.map((app) => app.spec.ignoreDifferences?.length)).toEqual([1, undefined, 1]);
  });

  test("the Applications fit Argo CD's schema", () => {
    const layouts: ArgoCdLayout[] = [
      ARGO,
      { ...ARGO, applications: 'charts' },
      {
        ...ARGO,
        name: 'x',
        namespace: 'gitops',
        project: 'shop',
        destination: { name: 'prod' },
        automated: false,
        targetRevision: 'v1',
      },
    ];
    const applications = layouts.flatMap((layout) =>
      [...layOut([...aMesh(), ...rollouts()], layout)].flatMap(([path, text]) =>
        path.startsWith('manifests/') ? [] : read(text),
      ),
    );
    expect(applications).toHaveLength(1 + 4 + 1 + 1);
    expect(schemaProblems(applications)).toEqual([]);
  });
});

describe('Flux', () => {
  const kustomizations = (manifests = aMesh(), layout = FLUX): FluxKustomization[] =>
    [...layOut(manifests, layout)].flatMap(([path, text]) =>
      /^flux\/\d/.test(path) ? (read(text) as FluxKustomization[]) : [],
    );

  test('each phase waits for the one before it', () => {
    const all = kustomizations();
    expect(
      all.map(({ metadata, spec }) => [metadata.name, spec.path, spec.dependsOn?.map((entry) => entry.name)]),
    ).toEqual([
      ['mesh-namespace', './prod/00-namespace', undefined],
      ['mesh-crd', './prod/05-crd', ['mesh-namespace']],
      ['mesh-rbac', './prod/10-rbac', ['mesh-crd']],
      ['mesh-config', './prod/20-config', ['mesh-rbac']],
      ['mesh-webhook', './prod/40-webhook', ['mesh-config']],
      ['mesh-gateway', './prod/50-gateway', ['mesh-webhook']],
      ['mesh-workload', './prod/60-workload', ['mesh-gateway']],
      ['mesh-destination-rule', './prod/70-destination-rule', ['mesh-workload']],
      ['mesh-route', './prod/80-route', ['mesh-destination-rule']],
      ['mesh-policy', './prod/90-policy', ['mesh-route']],
    ]);
    const paths = [...layOut(aMesh(), FLUX).keys()];
    for (const { spec } of all) expect(paths.some((path) => `./prod/${path}`.startsWith(`${spec.path}/`))).toBe(true);
  });

  test('definitions must be established and workloads ready before the next phase', () => {
    const all = kustomizations();
    expect(all.filter(({ spec }) => spec.wait === true).map(({ metadata }) => metadata.name)).toEqual([
      'mesh-namespace',
      'mesh-crd',
    ]);
    expect(all.flatMap(({ spec }) => spec.healthChecks ?? []).map((check) => check.name)).toEqual([
      'istiod',
      'fortio',
      'reviews-v1',
    ]);
  });

  test('a Git repository is a source as well', () => {
    const files = layOut(aMesh(), {
      layout: 'flux',
      source: { kind: 'GitRepository', url: 'ssh://git@example.com/shop', secretRef: 'key' },
    });
    expect(read(files.get('flux/source.yaml')!)[0]).toMatchObject({
      kind: 'GitRepository',
      spec: { url: 'ssh://git@example.com/shop', ref: { branch: 'main' }, secretRef: { name: 'key' } },
    });
  });

  test("sources and Kustomizations fit Flux's schema", () => {
    const git: FluxLayout = {
      layout: 'flux',
      source: { kind: 'GitRepository', url: 'https://git.example.com/shop.git' },
    };
    const objects = [FLUX, git].flatMap((layout) =>
      [...layOut([...aMesh(), ...rollouts()], layout)].flatMap(([path, text]) =>
        path.startsWith('flux/') ? read(text) : [],
      ),
    );
    expect(objects.length).toBeGreaterThan(20);
    expect(schemaProblems(objects)).toEqual([]);
  });

  const kustomize = kustomizeBinary();
  (kustomize === undefined ? test.skip : test)('what others own is not applied, as the real kustomize shows', () => {
    const manifests = [...aMesh(), ...rollouts()];
    const folder = mkdtempSync(join(tmpdir(), 'flux-'));
    const patches = kustomizations(manifests).flatMap(({ spec }) => spec.patches ?? []);
    writeFileSync(join(folder, 'all.yaml'), writeYaml(manifests.map((manifest) => manifest.object)));
    writeFileSync(join(folder, 'kustomization.yaml'), writeYamlValue({ resources: ['all.yaml'], patches }));
    const built = read(execFileSync(kustomize!, ['build', folder], { encoding: 'utf8' }));
    rmSync(folder, { recursive: true });
    const find = (kind: string, name: string) =>
      built.find((entry) => entry.kind === kind && entry.metadata.name === name)!;
    expect(find('Deployment', 'reviews-v1').spec).not.toHaveProperty('replicas');
    expect(find('Deployment', 'fortio').spec).toHaveProperty('replicas', 1);
    expect(find('ValidatingWebhookConfiguration', 'istio-validator-istio-system').webhooks).toEqual([
      expect.not.objectContaining({ failurePolicy: expect.anything() as unknown }),
    ]);
    const ssa = { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' };
    expect(find('VirtualService', 'ratings').metadata.annotations).toEqual(ssa);
    expect(find('VirtualService', 'ratings').spec).toEqual(rollouts()[2]!.object.spec);
    expect(find('VirtualService', 'reviews').metadata.annotations).toBeUndefined();
  });
});

test('the schema check is one that can fail', () => {
  expect(
    schemaProblems([
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'a' }, spec: { project: 5 } },
    ]),
  ).not.toEqual([]);
  expect(schemaProblems([{ apiVersion: 'v1', kind: 'Application', metadata: { name: 'a' } }])).not.toEqual([]);
});
