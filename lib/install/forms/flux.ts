import { dropUndefined } from '../../json';
import type { KubeObject } from '../../manifest';
import { kubeObject } from '../objects/object';
import { RUNTIME_FIELDS } from '../objects/runtime-fields';
import type { InstallSpec } from '../options/spec';
import { chartReleases, type ChartRelease } from './chart-releases';

/** How HelmReleases are made. */
export interface FluxInstallOptions {
  /** Namespace of the Flux objects. @default 'flux-system' */
  readonly fluxNamespace?: string;
  /** How often Flux looks. @default '10m' */
  readonly interval?: string;
}

/** What Flux must not correct: what istiod and autoscalers write. */
function driftDetection(): Readonly<Record<string, unknown>> {
  return {
    mode: 'enabled',
    ignore: RUNTIME_FIELDS.map((field) => ({
      // Flux names whole fields: a list item has no pointer that fits every index.
      paths: [...new Set(field.pointers.map((pointer) => pointer.replace(/\/\*.*$/, '')))],
      target: { kind: field.kind },
    })),
  };
}

function objectsOf(release: ChartRelease, before: readonly string[], options: FluxInstallOptions): KubeObject[] {
  const { fluxNamespace = 'flux-system', interval = '10m' } = options;
  const { name, chart, namespace, version, repository, values } = release;
  const source = kubeObject(
    'source.toolkit.fluxcd.io/v1',
    'OCIRepository',
    { name, namespace: fluxNamespace },
    {
      spec: {
        interval,
        url: `${repository}/${chart}`,
        ref: { tag: version },
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      },
    },
  );
  const helm = kubeObject(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    { name, namespace: fluxNamespace },
    {
      spec: dropUndefined({
        interval,
        releaseName: name,
        targetNamespace: namespace,
        storageNamespace: namespace,
        chartRef: { kind: 'OCIRepository', name },
        dependsOn: before.length === 0 ? undefined : before.map((other) => ({ name: other })),
        install: { createNamespace: true, crds: 'CreateReplace' },
        upgrade: { crds: 'CreateReplace' },
        driftDetection: driftDetection(),
        values,
      }),
    },
  );
  return [source, helm];
}

/**
 * The install as Flux HelmReleases of the official charts, from OCI sources, each waiting for the ones before it.
 *
 * @throws IssueError for settings that the charts have no value for.
 */
export function fluxReleases(spec: InstallSpec, options: FluxInstallOptions = {}): KubeObject[] {
  const releases = chartReleases(spec);
  return releases.flatMap((release) => {
    const before = releases.filter((other) => other.order < release.order);
    const last = Math.max(...before.map((other) => other.order));
    const names = before.filter((other) => other.order === last).map((other) => other.name);
    return objectsOf(release, names, options);
  });
}
