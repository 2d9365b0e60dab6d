import type { Match, MatchConditions } from '../../lib/traffic';

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
