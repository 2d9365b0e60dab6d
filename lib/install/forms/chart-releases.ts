import type { Tree } from '../../json';
import { resolveInstall } from '../resolve/resolve';
import type { InstallSpec } from '../options/spec';
import { ISTIO_CHARTS, versionOfTag } from '../options/version';
import { baseValues, cniValues, istiodValues, ztunnelValues } from './chart-values';
import { gatewayChartValues } from './gateway-chart';

/** One of Istio's official charts. */
export type ChartName = 'base' | 'istiod' | 'cni' | 'ztunnel' | 'gateway';

/** One release of an official chart. */
export interface ChartRelease {
  /** Name of the release: `istio-base`, `istiod-canary`. */
  readonly name: string;
  readonly chart: ChartName;
  readonly namespace: string;
  /** Chart version: that of Istio. */
  readonly version: string;
  /** Where the chart is: `oci://...`. */
  readonly repository: string;
  readonly values: Tree;
  /** Place in the order: releases wait for those with a lower one. */
  readonly order: number;
}

/**
 * The install by Istio's official Helm charts, in order: base, istiod, CNI agent, ztunnel, gateways.
 *
 * @throws IssueError for settings that the charts have no value for.
 */
export function chartReleases(spec: InstallSpec): ChartRelease[] {
  const install = resolveInstall(spec);
  const { original: values } = install.controlPlane;
  const version = versionOfTag(install.tag);
  const suffix = install.revision === '' ? '' : `-${install.revision}`;
  const release = (
    name: string,
    chart: ChartName,
    namespace: string,
    order: number,
    chartValues: Tree,
  ): ChartRelease => ({ name, chart, namespace, version, repository: ISTIO_CHARTS, values: chartValues, order });
  const { base, cni, discovery, namespace, ztunnel } = install;
  return [
    ...(base === undefined ? [] : [release('istio-base', 'base', namespace, 0, baseValues(values))]),
    ...(discovery === undefined
      ? []
      : [
          release(
            `istiod${suffix}`,
            'istiod',
            discovery.settings.namespace,
            1,
            istiodValues(discovery.settings.original, discovery.k8s),
          ),
        ]),
    ...(cni === undefined ? [] : [release('istio-cni', 'cni', cni.settings.namespace, 2, cniValues(values, cni.k8s))]),
    ...(ztunnel === undefined
      ? []
      : [release('ztunnel', 'ztunnel', ztunnel.settings.namespace, 3, ztunnelValues(values, ztunnel.k8s))]),
    ...install.gateways.map(({ settings, k8s }) =>
      release(settings.gateway.name, 'gateway', settings.namespace, 4, gatewayChartValues(settings, k8s)),
    ),
  ];
}
