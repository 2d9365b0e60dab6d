import { contradiction, type Issue } from '../../findings';
import { matchKey, type MatchConditions } from '../match';

/** Something that is exposed under a host name: to which requests, and the path of the construct that does it. */
export interface ExposedRequests {
  readonly origin: string;
  /** Conditions on the request, any of which suffices; empty for all requests to the host name. */
  readonly match: readonly MatchConditions[];
}

/** Conditions in one form: every path begins with `/`, so that asking for it asks for nothing. */
export function conditionKey(condition: MatchConditions): string {
  const { uri, ...rest } = condition;
  return matchKey(uri?.prefix === '/' ? rest : condition);
}

/** What of a host name is exposed, for people: ` with paths that begin with "/reviews"`; nothing for all of it. */
function wayIn(condition: MatchConditions): string {
  const { uri, ...rest } = condition;
  const [kind, text] = (Object.entries(uri ?? {}) as [string, string][])[0] ?? [];
  if (Object.keys(rest).length > 0) return ` ${matchKey(condition)}`;
  if (kind === undefined || text === undefined) return '';
  return kind === 'prefix' ? ` with paths that begin with "${text}"` : ` with the ${kind} path "${text}"`;
}

/** The same requests to a host name, exposed twice: Istio takes one, and which is nobody's decision. */
export function exposedTwice(hostName: string, where: string, exposed: readonly ExposedRequests[]): Issue[] {
  const seen = new Map<string, ExposedRequests>();
  const issues: Issue[] = [];
  for (const one of exposed) {
    for (const condition of one.match.length > 0 ? one.match : [{}]) {
      const key = conditionKey(condition);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, one);
      else {
        const what = `${hostName}${wayIn(condition)} is exposed twice on ${where}`;
        issues.push(contradiction(what, first, one, 'Expose it once, or give each its own path or host.'));
      }
    }
  }
  return issues;
}
