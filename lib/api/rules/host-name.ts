import { isLabel, isWildcardLabel, type Place } from '../../json';
import { shown } from '../issue-collector';
import type { RuleContext } from './rule-context';

const NAME_MOST = 255;

/** The usual name: labels of 63 characters at most, of which the last begins with a letter. */
const USUAL = /^(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;

function labelsProblem(domain: string): string | undefined {
  if (USUAL.test(domain)) return undefined;
  const parts = domain.split('.');
  const last = parts[parts.length - 1] ?? '';
  if (/^[-+]?\d+$/.test(last)) return `its last part "${last}" is a number`;
  for (const [index, label] of parts.entries()) {
    if (index === parts.length - 1 && label === '') return undefined;
    if (!isLabel(label)) return `"${label}" is not a DNS label`;
  }
  return undefined;
}

/** What keeps a text from being a fully qualified domain name (one label is enough, a last dot is fine). */
export function fqdnProblem(domain: string): string | undefined {
  if (domain === '') return 'it is empty';
  if (domain.length > NAME_MOST) return `it is longer than ${NAME_MOST} characters`;
  return labelsProblem(domain);
}

/** What keeps a text from being a domain name whose first label may be a wildcard. */
export function wildcardDomainProblem(domain: string): string | undefined {
  if (domain === '') return 'it is empty';
  if (domain.length > NAME_MOST) return `it is longer than ${NAME_MOST} characters`;
  const dot = domain.indexOf('.');
  const first = dot < 0 ? domain : domain.slice(0, dot);
  if (!isWildcardLabel(first)) return `"${first}" is not a DNS label`;
  return dot < 0 ? undefined : labelsProblem(domain.slice(dot + 1));
}

/** Reports a name that is not a fully qualified domain name. */
export function checkFqdn(name: string, at: Place, context: RuleContext): void {
  const problem = fqdnProblem(name);
  if (problem !== undefined) context.error(at, name, 'invalid-host', `${shown(name)} is not a host name: ${problem}.`);
}

/** Reports a name that is not a domain name, wildcards allowed. */
export function checkWildcardDomain(name: string, at: Place, context: RuleContext): void {
  const problem = wildcardDomainProblem(name);
  if (problem !== undefined) context.error(at, name, 'invalid-host', `${shown(name)} is not a host name: ${problem}.`);
}

const isWildcarded = (host: string): boolean => host.startsWith('*');

/** True where some name matches both hosts. */
export function hostsOverlap(a: string, b: string): boolean {
  if (isWildcarded(a)) {
    if (!isWildcarded(b)) return b.endsWith(a.slice(1));
    return a.length < b.length ? b.slice(1).endsWith(a.slice(1)) : a.slice(1).endsWith(b.slice(1));
  }
  return isWildcarded(b) ? a.endsWith(b.slice(1)) : a === b;
}

/** True where every name that matches the first host matches the second one too. */
export function isHostSubset(a: string, b: string): boolean {
  if (isWildcarded(a)) return isWildcarded(b) && a.length >= b.length && a.slice(1).endsWith(b.slice(1));
  return isWildcarded(b) ? a.endsWith(b.slice(1)) : a === b;
}
