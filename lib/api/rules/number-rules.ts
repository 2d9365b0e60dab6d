import { durationNanoseconds, has, numeric, type Place } from '../../json';
import { shown } from '../issue-collector';
import type { RuleContext } from './rule-context';

/** Reports a port that is not from 1 to 65535; absence counts as 0. */
export function checkPort(value: unknown, at: Place, context: RuleContext): void {
  const port = numeric(value);
  if (port !== undefined && (port < 1 || port > 65535)) {
    context.error(at, value, 'out-of-range', `${port} is not a port; 1 to 65535 are.`);
  }
}

/** Reports a number that is not from 0 to 100. */
export function checkPercent(value: unknown, at: Place, context: RuleContext): void {
  const percent = numeric(value);
  if (percent !== undefined && !(percent >= 0 && percent <= 100)) {
    context.error(at, value, 'out-of-range', `${percent} is not a percentage; 0 to 100 are.`);
  }
}

/** Reports a negative number. */
export function checkNotNegative(value: unknown, at: Place, context: RuleContext): void {
  const number = numeric(value);
  if (number !== undefined && number < 0) context.error(at, value, 'out-of-range', `${number} is negative.`);
}

const MILLISECOND = 1_000_000n;

/** Good whole durations in one unit, which is what nearly every document has; the exact reading costs more. */
const SIMPLE = /^[1-9]\d{0,6}(?:ms|s|m|h)$/;

/** Reports a duration below 1ms, or with parts of a millisecond. Absence is fine. */
export function checkDuration(value: unknown, at: Place, context: RuleContext): void {
  if (!has(value) || typeof value !== 'string' || SIMPLE.test(value)) return;
  const nanoseconds = durationNanoseconds(value);
  if (nanoseconds === undefined) return;
  if (nanoseconds < MILLISECOND) {
    context.error(at, value, 'invalid-duration', `${shown(value)} is too short; at least 1ms is allowed.`);
  }
  if (nanoseconds % MILLISECOND !== 0n) {
    context.error(at, value, 'invalid-duration', `${shown(value)} is not a whole number of milliseconds.`);
  }
}
