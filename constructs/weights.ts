import type { WeightedVersion } from '../lib/traffic';

/** Shares by version name as a list; a version on its own takes everything. */
export function weighted(to: string | Readonly<Record<string, number | undefined>>): WeightedVersion[] {
  if (typeof to === 'string') return [{ version: to, weight: 100 }];
  return Object.entries(to).flatMap(([version, weight]) => (weight === undefined ? [] : [{ version, weight }]));
}
