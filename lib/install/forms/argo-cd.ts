import type { KubeObject } from '../../manifest';
import { kubeObject } from '../objects/object';
import { RUNTIME_FIELDS } from '../objects/runtime-fields';
import type { InstallSpec } from '../options/spec';
import { chartReleases, type ChartName } from './chart-releases';

/** How Applications are made. */
export interface ArgoCdInstallOptions {
  /** Namespace of Argo CD. @default 'argocd' */
  readonly argoNamespace?: string;
  /** Project of the Applications. @default 'default' */
  readonly project?: string;
  /** Cluster they are applied to. @default - the one Argo CD runs in */
  readonly server?: string;
}

/** Which charts have objects whose fields are written at run time. */
const WEBHOOK_CHARTS: readonly ChartName[] = ['base', 'istiod'];

/** What Argo CD must not compare: what istiod and autoscalers write. */
function ignoreDifferences(chart: ChartName): Readonly<Record<string, unknown>>[] {
  return RUNTIME_FIELDS.filter((field) => field.kind === 'Deployment' || WEBHOOK_CHARTS.includes(chart)).map(
    (field) => ({
      group: field.apiGroup,
      kind: field.kind,
      jqPathExpressions: field.pointers.map((pointer) => pointer.replaceAll('/*', '[]?').replaceAll('/', '.')),
    }),
  );
}

/**
 * The install as Argo CD Applications of the official charts, in sync waves.
 *
 * @throws IssueError for settings that the charts have no value for.
 */
export function argoCdApplications(spec: InstallSpec, options: ArgoCdInstallOptions = {}): KubeObject[] {
  const { argoNamespace = 'argocd', project = 'default', server = 'https://kubernetes.default.svc' } = options;
  return chartReleases(spec).map(({ name, chart, namespace, version, repository, values, order }) =>
    kubeObject(
      'argoproj.io/v1alpha1',
      'Application',
      {
        name,
        namespace: argoNamespace,
        annotations: { 'argocd.argoproj.io/sync-wave': String(order) },
      },
      {
        spec: {
          project,
          source: {
            // Argo CD names OCI registries without their scheme.
            repoURL: repository.replace('oci://', ''),
            chart,
            targetRevision: version,
            helm: { releaseName: name, valuesObject: values },
          },
          destination: { server, namespace },
          ignoreDifferences: ignoreDifferences(chart),
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            syncOptions: ['CreateNamespace=true', 'ServerSideApply=true', 'RespectIgnoreDifferences=true'],
          },
        },
      },
    ),
  );
}
