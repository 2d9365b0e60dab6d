import { suggestion } from '../../findings';
import { shown } from '../issue-collector';
import { isKnownProtocol, PROTOCOLS } from './protocol';
import { isLabel, text, type Place } from '../../json';
import type { RuleContext } from './rule-context';

/** Reports a protocol Istio does not know; none at all is fine, Istio finds out by itself. */
export function checkProtocol(value: unknown, at: Place, context: RuleContext): void {
  const protocol = text(value);
  if (protocol === '' || isKnownProtocol(protocol)) return;
  context.error(at, value, 'unknown-value', `${shown(value)} is not a protocol. ${suggestion(protocol, PROTOCOLS)}`);
}

/** Reports a port name that is not a DNS label. */
export function checkPortName(name: string, at: Place, context: RuleContext): void {
  if (!isLabel(name))
    context.error(at, name, 'invalid-name-form', `${shown(name)} is not a name of a port, which is a DNS label.`);
}

const UNIX = 'unix://';

/** True for the address of a unix socket. */
export const isUnixAddress = (address: string): boolean => address.startsWith(UNIX);

/** Reports a unix socket that is neither an absolute path to a file nor abstract; the prefix may be left out. */
export function checkUnixAddress(address: string, at: Place, context: RuleContext): void {
  const path = isUnixAddress(address) ? address.slice(UNIX.length) : address;
  if (path === '') context.error(at, address, 'invalid-address', 'The address of a unix socket may not be empty.');
  else if (!path.startsWith('@') && (!path.startsWith('/') || path.endsWith('/'))) {
    context.error(at, address, 'invalid-address', `${shown(address)} is not an absolute path to a file.`);
  }
}
