import { shown } from '../issue-collector';
import { checkGatewayNames } from './gateway-names';
import { isClaimName, matchedHeaderProblem } from './header';
import { isLabel } from './host-name';
import { checkLabels } from './labels';
import { checkPort } from './number-rules';
import { entries, fields, has, list, message, numeric, text } from '../../json';
import { matchRegexProblem, REGEX_FIX } from './regular-expression';
import { checkPart, withoutWarnings, type Webhook } from './webhook';

function checkStringMatch(value: unknown, at: string, webhook: Webhook, mayBeAny = false): void {
  const match = message(value);
  if (match === undefined) return;
  if (match['prefix'] === '') webhook.error(`${at}.prefix`, '', 'empty-match', 'A prefix to match may not be empty.');
  checkRegex(match['regex'], `${at}.regex`, webhook, mayBeAny);
}

function checkRegex(value: unknown, at: string, webhook: Webhook, mayBeAny = false): void {
  if (!has(value)) return;
  const regex = text(value);
  if (regex === '') {
    webhook.error(at, value, 'empty-match', 'A regular expression to match may not be empty.');
    return;
  }
  if (mayBeAny && regex === '*') return;
  const problem = matchRegexProblem(regex);
  if (problem !== undefined) {
    webhook.error(
      at,
      value,
      'invalid-regex',
      `${shown(regex)} is no RE2 regular expression: ${problem}`,
      regex.startsWith('*') ? 'For any text, write ".*"; for a header that is there, write {}.' : REGEX_FIX,
    );
  }
}

function checkHeaderName(name: string, at: string, webhook: Webhook): void {
  if (isClaimName(name)) return;
  const problem = matchedHeaderProblem(name);
  if (problem !== undefined) webhook.error(at, name, 'invalid-header', problem);
}

/** Rules of one match of an HTTP route. */
export function checkHttpMatch(value: unknown, at: string, webhook: Webhook): void {
  const match = fields(value);
  // An empty prefix is fine for the path alone: it matches all.
  checkRegex(message(match['uri'])?.['regex'], `${at}.uri.regex`, webhook);
  for (const field of ['scheme', 'method', 'authority'] as const) {
    checkPart(match, field, at, webhook, checkStringMatch);
  }
  for (const field of ['headers', 'withoutHeaders'] as const) {
    for (const [name, header] of entries(match[field])) {
      const place = `${at}.${field}[${JSON.stringify(name)}]`;
      checkHeaderName(name, place, webhook);
      checkStringMatch(header, place, webhook, field === 'withoutHeaders');
    }
  }
  for (const [name, parameter] of entries(match['queryParams'])) {
    checkStringMatch(parameter, `${at}.queryParams[${JSON.stringify(name)}]`, webhook);
  }
  const namespace = text(match['sourceNamespace']);
  if (namespace !== '' && !isLabel(namespace)) {
    webhook.error(`${at}.sourceNamespace`, namespace, 'invalid-name', `${shown(namespace)} is no namespace.`);
  }
  checkL4Match(match, at, webhook);
}

/** Rules of the parts that matches of HTTP, TLS and TCP have in common. */
export function checkL4Match(value: unknown, at: string, webhook: Webhook): void {
  const match = fields(value);
  if (numeric(match['port']) !== 0) checkPort(match['port'], `${at}.port`, webhook);
  checkPart(match, 'sourceLabels', at, webhook, checkLabels);
  if (has(match['gateways'])) checkGatewayNames(match['gateways'], `${at}.gateways`, withoutWarnings(webhook));
}

/** What keeps a text from being a string match of Istio that has something to match; used where none is no choice. */
export function checkCorsOrigin(value: unknown, at: string, webhook: Webhook): void {
  const { exact, prefix, regex } = fields(value);
  if (text(exact) === '' && text(prefix) === '' && text(regex) === '') {
    webhook.error(
      at,
      exact ?? prefix ?? regex,
      'empty-match',
      'An allowed origin needs a text in exact, prefix or regex.',
    );
    return;
  }
  checkRegex(regex, `${at}.regex`, webhook);
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
