import { layOut } from '../../../lib/output';
import type { ArgoCdLayout } from '../../../lib/gitops';
import { PHASES } from '../../../lib/manifest';
import { aMesh } from '../../support/objects-of-a-mesh';
import { ARGO, schemaProblems, read, type Application, rollouts } from './delivery-objects';

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

test('the schema check is one that can fail', () => {
  expect(
    schemaProblems([
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'a' }, spec: { project: 5 } },
    ]),
  ).not.toEqual([]);
  expect(schemaProblems([{ apiVersion: 'v1', kind: 'Application', metadata: { name: 'a' } }])).not.toEqual([]);
});
