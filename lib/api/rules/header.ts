import { shown } from '../issue-collector';
import { entries, fields, list, text, type Fields, type Place, below } from '../../json';
import type { RuleContext } from './rule-context';

const NAME = /^[0-9a-zA-Z!#$%&'*+\-.,^_|~`]+$/;
const PSEUDO_HEADERS = new Set([':method', ':scheme', ':authority', ':path', ':status']);
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL_IN_VALUE = /[\u0000-\u0008\u000a-\u001f\u007f]/;
const CLAIM = /^@request\.auth\.claims(?:\..+|\[.+\])$/s;

/** True for a header name that stands for a claim of the request's JWT. */
export function isClaimName(name: string): boolean {
  return name.startsWith('@') && CLAIM.test(name.toLowerCase());
}

/** What keeps a text from being a header name. */
export function headerNameProblem(name: string): string | undefined {
  if (name === '') return 'A header name may not be empty.';
  return NAME.test(name) ? undefined : `${shown(name)} is not a header name.`;
}

/** What keeps a text from being a header to match on: pseudo-headers such as `:authority` are matched like others. */
export function matchedHeaderProblem(name: string): string | undefined {
  return PSEUDO_HEADERS.has(name) ? undefined : headerNameProblem(name);
}

/** True for `host` and `:authority`. */
export function isAuthorityHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === 'host' || lower === ':authority';
}

type State = 'literal' | 'name' | 'arguments' | 'list' | 'string' | 'list-more' | 'arguments-end' | 'end';

/**
 * What keeps a header value from being a format string of Envoy: `%VAR%`, `%VAR(argument)%`, `%VAR(["a", "b"])%`, and
 * `%%` for a percent sign.
 */
export function headerFormatProblem(value: string): string | undefined {
  if (!value.includes('%')) return undefined;
  let state: State = 'literal';
  const isSpace = (ch: string): boolean => /\s/.test(ch);
  for (let i = 0; i < value.length; i++) {
    const ch = value.charAt(i);
    switch (state) {
      case 'literal':
        if (ch !== '%') break;
        if (i + 1 >= value.length) return 'a percent sign is written %%';
        if (value.charAt(i + 1) === '%') i++;
        else state = 'name';
        break;
      case 'name':
        if (ch === '%') state = 'literal';
        else if (ch === '(') state = 'arguments';
        break;
      case 'arguments':
        if (ch === '[') state = 'list';
        else if (!isSpace(ch)) state = 'string';
        break;
      case 'list':
        if (ch === '"') state = 'string';
        else if (!isSpace(ch)) return `'"' is expected, not '${ch}'`;
        break;
      case 'string':
        if (ch === '\\') {
          if (i + 1 >= value.length) return 'nothing follows the backslash';
          i++;
        } else if (ch === ')') state = 'end';
        else if (ch === '"') state = 'list-more';
        break;
      case 'list-more':
        if (ch === ',') state = 'list';
        else if (ch === ']') state = 'arguments-end';
        else if (!isSpace(ch)) return `',' or ']' is expected, not '${ch}'`;
        break;
      case 'arguments-end':
        if (ch === ')') state = 'end';
        else if (!isSpace(ch)) return `')' is expected, not '${ch}'`;
        break;
      case 'end':
        if (ch === '%') state = 'literal';
        else if (!isSpace(ch)) return `'%' is expected, not '${ch}'`;
        break;
    }
  }
  return state === 'literal' ? undefined : 'a variable does not end in %; a percent sign is written %%';
}

function checkValue(value: unknown, at: Place, context: RuleContext): void {
  const given = text(value);
  if (CONTROL_IN_VALUE.test(given)) {
    context.error(at, value, 'invalid-header', `${shown(value)} has control characters.`);
    return;
  }
  const problem = headerFormatProblem(given);
  if (problem !== undefined) {
    context.error(
      at,
      value,
      'invalid-header',
      `${shown(value)} is not a header value that Envoy can format: ${problem}.`,
    );
  }
}

function checkOperationName(name: string, at: Place, mayBeAuthority: boolean, context: RuleContext): void {
  if (name === '') context.error(at, name, 'invalid-header', 'A header name may not be empty.');
  else if (mayBeAuthority && isAuthorityHeader(name)) return;
  else if (name.startsWith(':') || name.toLowerCase() === 'host') {
    context.error(at, name, 'invalid-header', `The header ${shown(name)} cannot be changed here.`);
  }
}

function checkOperations(operations: Fields, at: Place, isRequest: boolean, context: RuleContext): void {
  for (const verb of ['add', 'set'] as const) {
    for (const [name, value] of entries(operations[verb])) {
      const place = below(at, verb, name);
      checkOperationName(name, place, isRequest, context);
      checkValue(value, place, context);
    }
  }
  for (const [index, name] of list(operations['remove']).entries()) {
    checkOperationName(text(name), below(at, 'remove', index), false, context);
  }
}

/** Rules of `headers` on a route or destination. */
export function checkHeaders(headers: unknown, at: Place, context: RuleContext): void {
  if (headers === undefined) return;
  const { request, response } = fields(headers);
  checkOperations(fields(request), below(at, 'request'), true, context);
  checkOperations(fields(response), below(at, 'response'), false, context);
}
