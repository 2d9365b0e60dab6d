import type { Headers } from '../../lib/api';
import type { WeightedVersion } from '../../lib/traffic';

/** Shares by version name as a list; a version on its own takes everything. */
export function weighted(
  to: string | Readonly<Record<string, number | undefined>>,
  headers: Readonly<Record<string, Headers | undefined>> = {},
): WeightedVersion[] {
  const shares = typeof to === 'string' ? { [to]: 100 } : to;
  return Object.entries(shares).flatMap(([version, weight]) => {
    const own = headers[version];
    return weight === undefined ? [] : [{ version, weight, ...(own === undefined ? {} : { headers: own }) }];
  });
}
