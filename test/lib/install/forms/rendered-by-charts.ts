import {
  chartReleases,
  installManifests,
  resolveInstall,
  specOfOptions,
  type InstallSpec,
  type MeshOptions,
} from '../../../../lib/install';
import type { KubeObject } from '../../../../lib/manifest';

/** The ConfigMap that only records which settings there were: each form has its own way to say them. */
const isRecord = ({ kind, metadata }: KubeObject): boolean =>
  kind === 'ConfigMap' && /^values(-|$)/.test(metadata.name);

/** Kubernetes settings put variables first, the chart puts them among its own. */
export function withSortedVariables(object: KubeObject): unknown {
  return JSON.parse(JSON.stringify(object), (key, value: unknown) =>
    key === 'env' && Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)).sort() : value,
  );
}

export const objectsOf = (spec: InstallSpec): KubeObject[] =>
  installManifests(resolveInstall(spec))
    .map(({ object }) => object)
    .filter((object) => !isRecord(object) && object.kind !== 'CustomResourceDefinition');
export const specOf = (options: MeshOptions): InstallSpec => specOfOptions(options);

/** What the charts of the releases become, as far as this project makes them itself. */
export function renderedByCharts(options: MeshOptions): Record<string, unknown> {
  const releases = chartReleases(specOf(options));
  return Object.fromEntries(
    releases.flatMap(({ chart, values, namespace }) => {
      if (chart === 'gateway' || chart === 'base') return [];
      const { revision, profile, compatibilityVersion, ...rest } = values as Record<string, unknown>;
      const name = chart === 'istiod' ? 'pilot' : chart;
      // The chart of ztunnel has its settings at the top.
      const { global, platform, ...own } = rest;
      const given = chart === 'ztunnel' ? { global, platform, ztunnel: own } : rest;
      const spec = {
        profile: 'empty',
        ...(typeof revision === 'string' ? { revision } : {}),
        ...(typeof compatibilityVersion === 'string' ? { compatibilityVersion } : {}),
        components: { [name]: { enabled: true, namespace } },
        values: { ...(profile === undefined ? {} : { profile }), ...given },
      };
      return objectsOf(spec as unknown as InstallSpec).map((object) => [
        `${object.kind} ${object.metadata.namespace ?? ''} ${object.metadata.name}`,
        withSortedVariables(object),
      ]);
    }),
  );
}
