import { found, type Issue } from '../findings';
import type { TrafficBlocks } from './contribution';
import type { Host } from './host';

/**
 * How many of `endpoints` hosts outlier detection may take out at once. Envoy rounds down, so with the default of 10 %
 * nothing is ever ejected from fewer than ten endpoints.
 * Source: Envoy's outlier detector since "at least one host" was dropped; observed at 49/50 % of 2 and 33/34 % of 3.
 */
function ejectable(endpoints: number, maxEjectionPercent: number): number {
  return Math.floor((endpoints * maxEjectionPercent) / 100);
}

/** The smallest `maxEjectionPercent` at which one of `endpoints` hosts can be ejected at all, never under Istio's 10. */
function leastEjectionPercent(endpoints: number): number {
  return Math.max(10, Math.ceil(100 / Math.max(1, endpoints)));
}

/**
 * The pods of the smallest cluster a policy rules: one cluster per version, whose pods are ejected apart from the
 * others'. Versions scaled to 0 do not count; undefined when the number of pods is not known.
 */
function endpointsOf(host: Host, version: string | undefined): number | undefined {
  const versions = host.versions.filter((one) => version === undefined || one.name === version);
  const counts = versions.map((one) => one.replicas).filter((count) => count !== 0);
  if (counts.length === 0 || counts.some((count) => typeof count !== 'number')) return undefined;
  return Math.min(...counts.map((count) => count ?? 0));
}

/** Sets the ejection percentage where it was left open, and reports one that can never take effect. */
export function withEffectiveEjection(
  host: Host,
  version: string | undefined,
  blocks: TrafficBlocks,
  origin: string,
  issues: Issue[],
): TrafficBlocks {
  const { outlierDetection } = blocks;
  const count = endpointsOf(host, version);
  if (outlierDetection === undefined || count === undefined) return blocks;
  const percent = outlierDetection.maxEjectionPercent;
  if (percent === undefined) {
    return { ...blocks, outlierDetection: { ...outlierDetection, maxEjectionPercent: leastEjectionPercent(count) } };
  }
  if (typeof percent === 'number' && ejectable(count, percent) < 1) {
    const least = leastEjectionPercent(count);
    issues.push(found('ejection-never-happens', { percent, pods: count, version, least }, { origin }));
  }
  return blocks;
}
