import { isDeepStrictEqual } from 'node:util';
import type { Contribution } from '../lib/traffic';

/**
 * The constructs that gave what a place in a host's object holds: of the contributions to the host, those with the same
 * value under the same field name. An object is merged from many, and a finding in it should name who is to blame.
 *
 * @param at path in the object: `spec.http[0].retries.perTryTimeout`
 */
export function whoGave(contributions: readonly Contribution[], object: object, at: string): string[] {
  const steps = at.split(/[.[\]]+/).filter((step) => step !== '');
  const field = steps.findLast((step) => !/^\d+$/.test(step));
  const value = valueAt(object, steps);
  if (field === undefined || value === undefined) return [];
  const givers = contributions.filter((contribution) => holds(contribution, field, value));
  return [...new Set(givers.map(({ origin }) => origin))];
}

function valueAt(object: object, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) => (value !== null && typeof value === 'object' ? (Reflect.get(value, step) as unknown) : undefined),
    object,
  );
}

function holds(holder: unknown, field: string, value: unknown): boolean {
  if (holder === null || typeof holder !== 'object') return false;
  return Object.entries(holder).some(
    ([name, inner]) =>
      (name === field && (isDeepStrictEqual(inner, value) || (Array.isArray(inner) && inner.includes(value)))) ||
      holds(inner, field, value),
  );
}
