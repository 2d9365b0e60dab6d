import type { Headers } from '../../lib/api';
import type { Match, MatchConditions, WeightedVersion } from '../../lib/traffic';

/** A match as the field of a contribution that has one; nothing for all requests. */
export function matchOf(match: Match | undefined): { readonly match?: readonly MatchConditions[] } {
  return match === undefined ? {} : { match: match.alternatives };
}

/** Version and port as fields of a contribution; nothing for all. */
export function scopeOf(props: { readonly version?: string; readonly port?: number }): {
  readonly version?: string;
  readonly port?: number;
} {
  const { version, port } = props;
  return { ...(version === undefined ? {} : { version }), ...(port === undefined ? {} : { port }) };
}

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
