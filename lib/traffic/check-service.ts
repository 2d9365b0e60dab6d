import { isLate, suggestion, type Issue } from '../manifest';
import { PROTOCOLS, type ServicePort } from './host';

/** A label of DNS, as Services are named: it begins with a letter. */
const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A label of DNS, as subsets are named. */
const VERSION_NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Names and ports that no cluster takes; late values are unknown and pass. */
export function checkService(
  name: string,
  versions: readonly string[],
  ports: readonly ServicePort[],
  /** Whether exactly one of `port` and `ports` was given. */
  isOneWay: boolean,
): Issue[] {
  const issues: Issue[] = [];
  const say = (code: string, message: string, fix: string): void => {
    issues.push({ code, severity: 'error', message, fix });
  };
  if (!isLate(name) && !SERVICE_NAME.test(name)) {
    say(
      'invalid-name',
      `"${name}" is no name for a Service`,
      'use at most 63 lower case letters, digits and "-", beginning with a letter',
    );
  }
  for (const version of versions.filter((one) => !isLate(one) && !VERSION_NAME.test(one))) {
    say('invalid-name', `"${version}" is no name for a version`, 'use at most 63 lower case letters, digits and "-"');
  }
  if (!isOneWay) say('invalid-port', 'a service has either port or ports', 'give exactly one of the two');
  for (const { port, targetPort = port, protocol } of ports) {
    for (const number of [port, targetPort]) {
      if (!isLate(number) && (!Number.isInteger(number) || number < 1 || number > 65535)) {
        say('invalid-port', `${number} is no port: ports are whole numbers from 1 to 65535`, 'give such a number');
      }
    }
    if (!isLate(protocol) && !PROTOCOLS.includes(protocol)) {
      say('invalid-protocol', `"${protocol}" is no protocol. ${suggestion(protocol, PROTOCOLS)}`, 'use one of these');
    }
  }
  return issues;
}
