import { isLate } from '../json';
import { suggestion, type Issue } from '../findings';
import { PROTOCOLS, type ServicePort } from './host';

/** A label of DNS, as Services are named: it begins with a letter. */
const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A label of DNS, as subsets are named. */
const VERSION_NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A port as Services and containers both name it: they allow 15 characters, and ask for a letter. */
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;

/** A name that no cluster takes for a Service; late values are unknown and pass. */
export function serviceNameIssues(name: string): Issue[] {
  if (isLate(name) || SERVICE_NAME.test(name)) return [];
  return [
    {
      code: 'invalid-name',
      severity: 'error',
      message: `"${name}" is no name for a Service`,
      fix: 'use at most 63 lower case letters, digits and "-", beginning with a letter',
    },
  ];
}

/** Numbers of pods that cannot be, by version; late values are unknown and pass. */
export function replicaIssues(replicas: Readonly<Record<string, number | undefined>>): Issue[] {
  return Object.entries(replicas).flatMap(([version, count]): Issue[] =>
    count === undefined || isLate(count) || (Number.isInteger(count) && count >= 0)
      ? []
      : [
          {
            code: 'invalid-replicas',
            severity: 'error',
            message: `${show(count)} is no number of replicas for ${version}`,
            fix: 'give a whole number from 0 on',
          },
        ],
  );
}

/** Names and ports that no cluster takes; late values are unknown and pass. */
export function checkService(
  name: string,
  versions: readonly string[],
  ports: readonly ServicePort[],
  /** Whether exactly one of `port` and `ports` was given. */
  isOneWay: boolean,
): Issue[] {
  const issues = serviceNameIssues(name);
  const say = (code: string, message: string, fix: string): void => {
    issues.push({ code, severity: 'error', message, fix });
  };
  for (const version of versions.filter((one) => !isLate(one) && !VERSION_NAME.test(one))) {
    say('invalid-name', `"${version}" is no name for a version`, 'use at most 63 lower case letters, digits and "-"');
  }
  if (!isOneWay) say('invalid-port', 'a service has either port or ports', 'give exactly one of the two');
  for (const { name: portName, port, targetPort = port, protocol } of ports) {
    const wrong = [...new Set([port, targetPort])].filter((number) => !isLate(number) && !isPort(number));
    for (const number of wrong) {
      say('invalid-port', `${show(number)} is no port: ports are whole numbers from 1 to 65535`, 'give such a number');
    }
    if (wrong.length === 0 && !isLate(portName) && !PORT_NAME.test(portName)) {
      say(
        'invalid-name',
        `"${portName}" is no name for a port`,
        'use at most 15 lower case letters, digits and single "-", at least one of them a letter',
      );
    }
    if (!isLate(protocol) && !PROTOCOLS.includes(protocol)) {
      say('invalid-protocol', `"${protocol}" is no protocol. ${suggestion(protocol, PROTOCOLS)}`, 'use one of these');
    }
  }
  const numbers = repeatedIn(ports.map(({ port, protocol }) => (protocol === 'udp' ? `UDP ${port}` : `${port}`)));
  for (const number of numbers) say('invalid-port', `port ${number} is given twice`, 'give each port once');
  // Ports given twice have names given twice, unless somebody thought of names for them.
  const names = numbers.size > 0 ? [] : repeatedIn(ports.map((one) => one.name));
  for (const one of names) say('invalid-port', `two ports are called "${one}"`, 'give each port a name of its own');
  return issues;
}

const isPort = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= 65535;

/** Programs that run without being type-checked may give texts. */
const show = (number: number): string => (typeof number === 'string' ? `"${String(number)}"` : `${number}`);

function repeatedIn(values: readonly string[]): Set<string> {
  return new Set(values.filter((value, index) => !isLate(value) && values.indexOf(value) < index));
}
