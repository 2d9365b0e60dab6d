import { found, type Issue } from '../findings';
import { isLate, type Duration } from '../json';
import { shareIssues } from './checks/accept-targets';
import { cookie } from './match-dsl';
import type { MatchConditions } from './match';
import type { WeightedVersion } from './contribution';

/** A client stays with the version that answered it first. */
export interface SessionAffinity {
  /**
   * Name of the cookie that remembers the version.
   *
   * @default - `<service>-version`
   */
  readonly cookie?: string;
  /**
   * How long it remembers, in whole seconds.
   *
   * @default - until the browser is closed
   */
  readonly ttl?: Duration;
}

/** The share of a canary: a number, or a step of a plan. */
export type CanaryShare =
  | {
      /** Percent of the requests for the candidate, a whole number from 0 to 100. */
      readonly percent: number;
      readonly steps?: never;
      readonly step?: never;
    }
  | {
      /** The plan: percent for the candidate, step by step, ending with 100. */
      readonly steps: readonly number[];
      /** Which step it is at: 0 before the first, 1 at the first, and so on. */
      readonly step: number;
      readonly percent?: never;
    };

/** Percent for the candidate; NaN for a step outside the plan. */
export function canaryPercent(share: CanaryShare): number {
  if (share.percent !== undefined) return share.percent;
  // Programs that run without being type-checked may give neither.
  const { steps = [], step } = share as { readonly steps?: readonly number[]; readonly step: number };
  if (step === 0) return 0;
  return steps[step - 1] ?? Number.NaN;
}

/** What is wrong with a canary; nothing for a good one. */
export function canaryIssues(
  share: CanaryShare,
  { stable, candidate }: { readonly stable: string; readonly candidate: string },
  ttl: string | undefined,
): Issue[] {
  if (stable === candidate && !isLate(stable)) return [found('same-version', { version: stable })];
  if (ttl !== undefined && !isLate(ttl) && wholeSeconds(ttl) === undefined) {
    return [found('invalid-cookie-ttl', { ttl })];
  }
  const wrong = planIssues(share);
  return wrong.length > 0 ? wrong : shareIssues(candidate, canaryPercent(share), '');
}

function planIssues(share: CanaryShare): Issue[] {
  if (share.steps === undefined) {
    // Programs that run without the compiler may give neither.
    const { percent } = share as { readonly percent?: number };
    return percent === undefined ? [found('canary-without-percent', {})] : [];
  }
  const { steps, step } = share;
  if (!Number.isInteger(step) || step < 0 || step > steps.length) return [found('step-outside-plan', { step, steps })];
  const isGrowing = steps.every((percent, index) => percent > (steps[index - 1] ?? 0));
  return isGrowing && steps.at(-1) === 100 ? [] : [found('steps-do-not-grow', { steps })];
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Whole seconds of a duration in hours, minutes and seconds; undefined for any other. */
function wholeSeconds(duration: string): number | undefined {
  if (!/^(\d+h)?(\d+m)?(\d+s)?$/.test(duration) || duration === '') return undefined;
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0),
    0,
  );
}

/** A version, and the requests of clients that have met it before. */
export interface StickyRoute {
  readonly version: string;
  readonly match: readonly MatchConditions[];
}

/**
 * The split with a cookie that keeps every client where it came first, and the routes that read it. A share of 0 or 100
 * has neither: then everybody moves, whatever the cookie says.
 */
export function stickySplit(
  split: readonly WeightedVersion[],
  name: string,
  ttl: string | undefined,
): { readonly to: readonly WeightedVersion[]; readonly routes: readonly StickyRoute[] } {
  if (split.some(({ weight }) => weight === 0 || weight === 100)) return { to: split, routes: [] };
  const age = ttl === undefined ? undefined : wholeSeconds(ttl);
  const attributes = `; Path=/${age === undefined ? '' : `; Max-Age=${age}`}; HttpOnly`;
  return {
    to: split.map((share) => ({
      ...share,
      headers: { response: { add: { 'set-cookie': `${name}=${share.version ?? ''}${attributes}` } } },
    })),
    routes: split.flatMap(({ version }) =>
      version === undefined ? [] : [{ version, match: cookie(name).exact(version).alternatives }],
    ),
  };
}
