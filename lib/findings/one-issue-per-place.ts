import type { Issue } from './issue';

const placeOf = (issue: Issue): string =>
  [issue.origin, issue.object?.kind, issue.object?.namespace, issue.object?.name, issue.at].join(' ');

/**
 * The issues without what repeats another one: where the API server refuses a place, what the webhook says of the same
 * place is left out. For reports that people read.
 */
export function oneIssuePerPlace(issues: readonly Issue[]): Issue[] {
  if (issues.length < 2) return [...issues];
  const refused = new Set(issues.filter((issue) => issue.by === 'api-server').map(placeOf));
  return issues.filter((issue) => issue.by !== 'webhook' || !refused.has(placeOf(issue)));
}
