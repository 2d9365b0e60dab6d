import { suggestion } from '../../findings';
import { shown } from '../issue-collector';
import { isLabel } from './host-name';
import { isKnownProtocol, PROTOCOLS } from './protocol';
import { text } from '../../json';
import type { Webhook } from './webhook';

/** Reports a protocol Istio does not know; none at all is fine, Istio finds out by itself. */
export function checkProtocol(value: unknown, at: string, webhook: Webhook): void {
  const protocol = text(value);
  if (protocol === '' || isKnownProtocol(protocol)) return;
  webhook.error(at, value, 'unknown-value', `${shown(value)} is no protocol. ${suggestion(protocol, PROTOCOLS)}`);
}

/** Reports a port name that is no DNS label. */
export function checkPortName(name: string, at: string, webhook: Webhook): void {
  if (!isLabel(name))
    webhook.error(at, name, 'invalid-name', `${shown(name)} is no name of a port, which is a DNS label.`);
}

const UNIX = 'unix://';

/** True for the address of a unix socket. */
export const isUnixAddress = (address: string): boolean => address.startsWith(UNIX);

/** Reports a unix socket that is neither an absolute path to a file nor abstract; the prefix may be left out. */
export function checkUnixAddress(address: string, at: string, webhook: Webhook): void {
  const path = isUnixAddress(address) ? address.slice(UNIX.length) : address;
  if (path === '') webhook.error(at, address, 'invalid-address', 'The address of a unix socket may not be empty.');
  else if (!path.startsWith('@') && (!path.startsWith('/') || path.endsWith('/'))) {
    webhook.error(at, address, 'invalid-address', `${shown(address)} is no absolute path to a file.`);
  }
}
