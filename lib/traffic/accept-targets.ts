import { isLate } from '../json';
import { suggestion, type Issue } from '../findings';
import type { MirrorTarget, RoutePolicy, WeightedVersion } from './contribution';
import type { Host } from './host';

/** A finding before it is known which construct it speaks of. */
interface Problem {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** The problem as an error of a construct; a host that nobody asked anything of has none to name. */
function errorOf(origin: string, problem: Problem): Issue {
  return { severity: 'error', ...problem, ...(origin === '' ? {} : { origin }) };
}

function versionProblem(host: Host, version: string | undefined): Problem | undefined {
  const known = host.versions.map(({ name }) => name);
  if (version === undefined || known.includes(version) || isLate(version)) return undefined;
  const has = known.length === 0 ? 'It has none.' : suggestion(version, known);
  return {
    code: 'unknown-version',
    message: `"${version}" is no version of ${host.name}. ${has}`,
    fix: 'name a version the service declares, or declare this one',
  };
}

/** What is wrong with the share of one version, in a sentence; undefined for a good one. */
export function shareProblem(who: string, share: number): Problem | undefined {
  if (isLate(share) || (Number.isInteger(share) && share >= 0 && share <= 100)) return undefined;
  const given = typeof share === 'string' ? `"${String(share)}"` : String(share);
  return {
    code: 'percent-out-of-range',
    message: `the share of ${who} is ${given}: a share is a whole number of percent from 0 to 100`,
    fix: 'give a whole number from 0 to 100',
  };
}

function mirrorProblem(who: string, { percent }: MirrorTarget): Problem | undefined {
  if (isLate(percent) || (percent >= 0 && percent <= 100)) return undefined;
  return {
    code: 'percent-out-of-range',
    message: `copies of ${percent} percent of the requests are to go to ${who}: percentages are 0 to 100`,
    fix: 'give a number from 0 to 100',
  };
}

function sumProblem(host: Host, to: readonly WeightedVersion[]): Problem | undefined {
  // A share that is not known yet makes the sum unknown too.
  if (to.some(({ weight }) => isLate(weight))) return undefined;
  const sum = to.reduce((total, { weight }) => total + weight, 0);
  if (sum === 100) return undefined;
  const shares = to.map(({ version, weight }) => `${version ?? host.name} ${weight}`).join(', ');
  return {
    code: 'split-not-100',
    message:
      to.length === 0 ? `no version of ${host.name} has a share` : `the shares ${shares} add up to ${sum}, not to 100`,
    fix: 'make the shares add up to 100',
  };
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
    const problems = [versionProblem(host, version), shareProblem(version ?? host.name, weight)];
    const found = problems.filter((problem) => problem !== undefined);
    issues.push(...found.map((problem) => errorOf(origin, problem)));
    return found.length === 0;
  });
  const problem = accepted.length === to.length ? sumProblem(host, to) : undefined;
  if (problem !== undefined) issues.push(errorOf(origin, problem));
  return accepted.length > 0 ? accepted : [{ weight: 100 }];
}

/** Settings without the mirrors that are refused. */
export function acceptPolicy(host: Host, origin: string, policy: RoutePolicy, issues: Issue[]): RoutePolicy {
  if (policy.mirrors === undefined) return policy;
  const mirrors = policy.mirrors.filter((mirror) => {
    const problems = [versionProblem(host, mirror.version), mirrorProblem(mirror.version ?? host.name, mirror)];
    const found = problems.filter((problem) => problem !== undefined);
    issues.push(...found.map((problem) => errorOf(origin, problem)));
    return found.length === 0;
  });
  return { ...policy, mirrors };
}
