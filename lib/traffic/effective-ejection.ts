import type { Issue } from '../findings';
import type { TrafficBlocks } from './contribution';
import { ejectable, leastEjectionPercent } from './ejection';
import type { Host } from './host';

/**
 * The pods of the smallest cluster a policy rules: one cluster per version, whose pods are ejected apart from the
 * others'. Versions scaled to nothing do not count; undefined when the number of pods is not known.
 */
export function endpointsOf(host: Host, version: string | undefined): number | undefined {
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
    issues.push({
      code: 'ejection-never-happens',
      severity: 'warning',
      origin,
      message:
        `maxEjectionPercent ${percent} of ${count} ${count === 1 ? 'pod' : 'pods'}` +
        `${version === undefined ? ' of the smallest version' : ` of version ${version}`} ` +
        `is less than one pod: nothing is ever ejected there`,
      fix: `set it to ${leastEjectionPercent(count)} or more, or leave it out`,
    });
  }
  return blocks;
}
