import { shown } from '../issue-collector';
import { checkGatewayNames } from './gateway-names';
import { isClaimName, matchedHeaderProblem } from './header';
import { checkLabels } from './labels';
import { checkPort } from './number-rules';
import { entries, fields, has, isLabel, list, message, numeric, text, type Place, below } from '../../json';
import { matchRegexProblem, REGEX_FIX } from './regular-expression';
import { checkPart, withoutWarnings, type RuleContext } from './rule-context';

function checkStringMatch(value: unknown, at: Place, context: RuleContext, mayBeAny = false): void {
  const match = message(value);
  if (match === undefined) return;
  if (match['prefix'] === '')
    context.error(below(at, 'prefix'), '', 'empty-match', 'A prefix to match may not be empty.');
  checkRegex(match['regex'], below(at, 'regex'), context, mayBeAny);
}

function checkRegex(value: unknown, at: Place, context: RuleContext, mayBeAny = false): void {
  if (!has(value)) return;
  const regex = text(value);
  if (regex === '') {
    context.error(at, value, 'empty-match', 'A regular expression to match may not be empty.');
    return;
  }
  if (mayBeAny && regex === '*') return;
  const problem = matchRegexProblem(regex);
  if (problem !== undefined) {
    context.error(
      at,
      value,
      'invalid-regex',
      `${shown(regex)} is not an RE2 regular expression: ${problem}`,
      regex.startsWith('*') ? 'For any text, write ".*"; for a header that is there, write {}.' : REGEX_FIX,
    );
  }
}

function checkHeaderName(name: string, at: Place, context: RuleContext): void {
  if (isClaimName(name)) return;
  const problem = matchedHeaderProblem(name);
  if (problem !== undefined) context.error(at, name, 'invalid-header', problem);
}

/** Rules of one match of an HTTP route. */
export function checkHttpMatch(value: unknown, at: Place, context: RuleContext): void {
  const match = fields(value);
  // An empty prefix is fine for the path alone: it matches all.
  checkRegex(message(match['uri'])?.['regex'], below(at, 'uri', 'regex'), context);
  for (const field of ['scheme', 'method', 'authority'] as const) {
    checkPart(match, field, at, context, checkStringMatch);
  }
  for (const field of ['headers', 'withoutHeaders'] as const) {
    for (const [name, header] of entries(match[field])) {
      const place = below(at, field, name);
      checkHeaderName(name, place, context);
      checkStringMatch(header, place, context, field === 'withoutHeaders');
    }
  }
  for (const [name, parameter] of entries(match['queryParams'])) {
    checkStringMatch(parameter, below(at, 'queryParams', name), context);
  }
  const namespace = text(match['sourceNamespace']);
  if (namespace !== '' && !isLabel(namespace)) {
    context.error(
      below(at, 'sourceNamespace'),
      namespace,
      'invalid-name-form',
      `${shown(namespace)} is not a namespace.`,
    );
  }
  checkL4Match(match, at, context);
}

/** Rules of the parts that matches of HTTP, TLS and TCP have in common. */
export function checkL4Match(value: unknown, at: Place, context: RuleContext): void {
  const match = fields(value);
  if (numeric(match['port']) !== 0) checkPort(match['port'], below(at, 'port'), context);
  checkPart(match, 'sourceLabels', at, context, checkLabels);
  if (has(match['gateways'])) checkGatewayNames(match['gateways'], below(at, 'gateways'), withoutWarnings(context));
}

/** What keeps a text from being a string match of Istio that has something to match; used where none is not a choice. */
export function checkCorsOrigin(value: unknown, at: Place, context: RuleContext): void {
  const { exact, prefix, regex } = fields(value);
  if (text(exact) === '' && text(prefix) === '' && text(regex) === '') {
    context.error(
      at,
      exact ?? prefix ?? regex,
      'empty-match',
      'An allowed origin needs a text in exact, prefix or regex.',
    );
    return;
  }
  checkRegex(regex, below(at, 'regex'), context);
}

/** True where a match looks at claims of the request's JWT. */
export function matchesClaims(value: unknown): string | undefined {
  const match = fields(value);
  for (const field of ['headers', 'withoutHeaders'] as const) {
    const claim = entries(match[field]).find(([name]) => isClaimName(name));
    if (claim !== undefined) return `${field}[${JSON.stringify(claim[0])}]`;
  }
  return undefined;
}

/** The matches of a route. */
export function matchesOf(route: unknown): readonly unknown[] {
  return list(fields(route)['match']);
}
