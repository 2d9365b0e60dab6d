import { shown } from '../issue-collector';
import { isIpOrCidr } from './ip-address';
import { list, text, type Place, below } from '../../json';
import type { RuleContext } from './rule-context';

/** Reports empty texts in a list. */
export function checkNotEmpty(values: unknown, at: Place, context: RuleContext): void {
  for (const [index, value] of list(values).entries()) {
    if (text(value) === '') context.error(below(at, index), value, 'too-short', 'An empty text is not allowed here.');
  }
}

/** Reports what is not an IP address or CIDR block. */
export function checkAddresses(values: unknown, at: Place, context: RuleContext): void {
  for (const [index, value] of list(values).entries()) {
    if (!isIpOrCidr(text(value))) {
      context.error(
        below(at, index),
        value,
        'invalid-address',
        `${shown(value)} is neither an IP address nor a CIDR block.`,
      );
    }
  }
}

/** Reports what is not a port number. */
export function checkPorts(values: unknown, at: Place, context: RuleContext): void {
  for (const [index, value] of list(values).entries()) {
    const port = text(value);
    // Go reads a port as an unsigned number of 32 bits first, so a sign is refused.
    if (!/^\d+$/.test(port) || Number(port) > 65535) {
      context.error(below(at, index), value, 'out-of-range', `${shown(value)} is not a port; "0" to "65535" are.`);
    }
  }
}

const TEXT_ATTRIBUTES = new Set([
  'source.namespace',
  'source.principal',
  'source.serviceAccount',
  'source.trustDomain',
  'request.auth.principal',
  'request.auth.audiences',
  'request.auth.presenter',
  'connection.sni',
]);
const ADDRESS_ATTRIBUTES = new Set(['source.ip', 'remote.ip', 'destination.ip']);
const MAP_ATTRIBUTES = ['request.headers', 'request.auth.claims', 'experimental.envoy.filters.'];

/** What `key` names may be, for messages. */
export const ATTRIBUTES = [
  ...TEXT_ATTRIBUTES,
  ...ADDRESS_ATTRIBUTES,
  'destination.port',
  'request.headers[NAME]',
  'request.auth.claims[NAME]',
];

/** Reports values that do not fit an attribute; returns false for an attribute that Istio does not know. */
export function checkAttribute(key: string, values: unknown, at: Place, context: RuleContext): boolean {
  checkNotEmpty(values, at, context);
  if (MAP_ATTRIBUTES.some((prefix) => key.startsWith(prefix))) {
    const left = key.indexOf('[');
    if (left >= 0 && left < key.indexOf(']')) return true;
    context.error(
      at,
      key,
      'invalid-attribute',
      `${shown(key)} needs a name in brackets, such as request.headers[x-token].`,
    );
    return true;
  }
  if (ADDRESS_ATTRIBUTES.has(key)) checkAddresses(values, at, context);
  else if (key === 'destination.port') checkPorts(values, at, context);
  else return TEXT_ATTRIBUTES.has(key);
  return true;
}

const LITERAL = /^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/;

/** What keeps a path from being one that Istio matches: plain, with one `*` at an end, or a template. */
export function pathTemplateProblem(path: string): string | undefined {
  if (!/[{}]/.test(path)) return undefined;
  const segments = (path.startsWith('/') ? path.slice(1) : path).split('/');
  let isOver = false;
  // A slash at the end is fine.
  if (segments.length > 1 && segments[segments.length - 1] === '') segments.pop();
  for (const segment of segments) {
    if (segment === '{*}' || segment === '{**}') {
      if (isOver) return '{**} is the last operator';
      isOver = segment === '{**}';
    } else if (/[{}]/.test(segment)) {
      return `"${segment}" is not an operator; a whole segment may be {*} or {**}`;
    } else if (!LITERAL.test(segment)) {
      return `"${segment}" has letters that a template does not take`;
    }
  }
  return undefined;
}
