import { isLate } from '../../json';
import { found, type Issue } from '../../findings';
import type { MirrorTarget, RoutePolicy, WeightedVersion } from '../contribution';
import type { Host } from '../host';

/** A host that nobody asked anything of has no construct to name. */
const placeOf = (origin: string): { readonly origin?: string } => (origin === '' ? {} : { origin });

function versionIssues(host: Host, version: string | undefined, origin: string): Issue[] {
  const known = host.versions.map(({ name }) => name);
  if (version === undefined || known.includes(version) || isLate(version)) return [];
  return [found('unknown-version', { version, service: host.name, known }, placeOf(origin))];
}

/** A share is a whole number of percent from 0 to 100. */
export function shareIssues(of: string, percent: number, origin: string): Issue[] {
  if (isLate(percent) || (Number.isInteger(percent) && percent >= 0 && percent <= 100)) return [];
  return [found('percent-out-of-range', { of, percent, isWhole: true }, placeOf(origin))];
}

function mirrorIssues(of: string, { percent }: MirrorTarget, origin: string): Issue[] {
  if (isLate(percent) || (percent >= 0 && percent <= 100)) return [];
  return [found('percent-out-of-range', { of, percent, isWhole: false }, placeOf(origin))];
}

function sumIssues(host: Host, to: readonly WeightedVersion[], origin: string): Issue[] {
  // A share that is not known yet makes the sum unknown too.
  if (to.some(({ weight }) => isLate(weight))) return [];
  const sum = to.reduce((total, { weight }) => total + weight, 0);
  if (sum === 100) return [];
  const shares = Object.fromEntries(to.map(({ version, weight }) => [version ?? host.name, weight]));
  return [found('split-not-100', { service: host.name, shares, sum }, placeOf(origin))];
}

/**
 * A split without the shares that are refused, so that what is made of it is not refused once more for the same reason;
 * with none left, all pods of the host alike.
 */
export function acceptSplit(
  host: Host,
  origin: string,
  to: readonly WeightedVersion[],
  issues: Issue[],
): readonly WeightedVersion[] {
  const accepted = to.filter(({ version, weight }) => {
    const refused = [...versionIssues(host, version, origin), ...shareIssues(version ?? host.name, weight, origin)];
    issues.push(...refused);
    return refused.length === 0;
  });
  if (accepted.length === to.length) issues.push(...sumIssues(host, to, origin));
  return accepted.length > 0 ? accepted : [{ weight: 100 }];
}

/** Settings without the mirrors that are refused. */
export function acceptPolicy(host: Host, origin: string, policy: RoutePolicy, issues: Issue[]): RoutePolicy {
  if (policy.mirrors === undefined) return policy;
  const mirrors = policy.mirrors.filter((mirror) => {
    const of = mirror.version ?? host.name;
    const refused = [...versionIssues(host, mirror.version, origin), ...mirrorIssues(of, mirror, origin)];
    issues.push(...refused);
    return refused.length === 0;
  });
  return { ...policy, mirrors };
}
