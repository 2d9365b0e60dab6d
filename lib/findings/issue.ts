import type { Path } from '../json';
import { displayRef, type ObjectRef } from './object-ref';

/** `error` stops the output; `warning` and `info` are reported beside it. */
export type Severity = 'error' | 'warning' | 'info';

/** Another place a finding speaks of: the second of two contradicting constructs, the Gateway a host is missing from. */
export interface RelatedPlace {
  readonly message?: string;
  readonly object?: ObjectRef;
  readonly origin?: string;
  /** The line of the program that made the construct: `app.ts:14: new Canary(shop, 'canary', {`. */
  readonly source?: string;
  readonly at?: string;
}

/**
 * One finding, whoever made it: schema, contradiction, analysis. The message says what is wrong, the value that was
 * given and what is allowed; `fix` says what to do.
 */
export interface Issue {
  /** Stable, kebab-case or an Istio analysis code: `unknown-field`, `IST0101`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What the message was made from, by name; the catalogue says which facts a code has. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly object?: ObjectRef;
  /** Path of the construct that caused it. */
  readonly origin?: string;
  /** The line of the program that made the construct, where it is known: `app.ts:14: new Canary(shop, 'canary', {`. */
  readonly source?: string;
  /** Path inside the object, for people: `spec.http[0].route[1].weight`. */
  readonly at?: string;
  /** The same path as data: `['spec', 'http', 0, 'route', 1, 'weight']`. */
  readonly path?: Path;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: string;
  /** Who would refuse the object in a cluster, where that is known. */
  readonly by?: 'api-server' | 'webhook';
}

/** The finding as one line of text for people, with its places and fix on indented lines below. */
export function formatIssue(issue: Issue): string {
  const where = [
    issue.origin === undefined ? undefined : `[${issue.origin}]`,
    issue.object === undefined ? undefined : displayRef(issue.object),
    issue.at,
  ].filter((part) => part !== undefined);
  const head = `${where.length > 0 ? `${where.join(' ')}: ` : ''}${issue.message}`;
  const lines = [issue.severity === 'error' ? head : `${issue.severity}: ${head}`];
  if (issue.source !== undefined) lines.push(`  at ${issue.source}`);
  for (const place of issue.related ?? []) {
    const parts = [
      place.message,
      place.origin === undefined ? undefined : `[${place.origin}]`,
      place.object === undefined ? undefined : displayRef(place.object),
      place.at,
    ].filter((part) => part !== undefined);
    lines.push(`  see: ${parts.join(' ')}`);
    if (place.source !== undefined) lines.push(`    at ${place.source}`);
  }
  if (issue.fix !== undefined) lines.push(`  fix: ${issue.fix}`);
  return `${lines.join('\n')} (${issue.code})`;
}

/** Errors first, then warnings, then infos; inside each by construct path and place, so that reports never shuffle. */
export function sortIssues(issues: readonly Issue[]): Issue[] {
  const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
  const key = (issue: Issue): string =>
    [issue.origin ?? '', issue.object ? displayRef(issue.object) : '', issue.at ?? '', issue.code, issue.message].join(
      '\u0000',
    );
  return [...issues].sort((a, b) => {
    const bySeverity = rank[a.severity] - rank[b.severity];
    if (bySeverity !== 0) return bySeverity;
    const [keyA, keyB] = [key(a), key(b)];
    return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
  });
}

/** True when at least one of the findings stops the output. */
export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error');
}

/** What one construct put into several objects as one finding that names the others, for people. */
function onePerCause(issues: readonly Issue[]): Issue[] {
  const shown = new Map<string, Issue>();
  for (const issue of issues) {
    const { origin, object, at, code, message } = issue;
    const key = JSON.stringify([origin, code, message]);
    const first = shown.get(key);
    if (first === undefined || origin === undefined || object === undefined) {
      shown.set(first === undefined ? key : `${key} ${shown.size}`, issue);
      continue;
    }
    const also = { message: 'also in', object, ...(at === undefined ? {} : { at }) };
    shown.set(key, { ...first, related: [...(first.related ?? []), also] });
  }
  return [...shown.values()];
}

/** Many findings, thrown once. The message lists every error; `issues` has the data, warnings included. */
export class IssueError extends Error {
  declare readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const sorted = sortIssues(issues);
    const errors = sorted.filter((issue) => issue.severity === 'error');
    const shown = onePerCause(errors.length > 0 ? errors : sorted);
    super(`${shown.length} ${shown.length === 1 ? 'error' : 'errors'}:\n${shown.map(formatIssue).join('\n')}`);
    this.name = 'IssueError';
    // The message says it all already; Node would print the data once more below an error that nobody catches.
    Object.defineProperty(this, 'issues', { value: sorted, enumerable: false });
  }
}
