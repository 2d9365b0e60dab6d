import { isDnsLabel, isLate, isPortName, isServiceName } from '../../json';
import { found, type Issue } from '../../findings';
import { PROTOCOLS, type ServicePort } from '../host';

/** A name that Kubernetes refuses for a Service; late values are unknown and pass. */
export function serviceNameIssues(name: string): Issue[] {
  return isLate(name) || isServiceName(name) ? [] : [found('invalid-service-name', { name, of: 'Service' })];
}

/** Numbers of pods that cannot be, by version; late values are unknown and pass. */
export function replicaIssues(replicas: Readonly<Record<string, number | undefined>>): Issue[] {
  return Object.entries(replicas).flatMap(([version, count]) =>
    count === undefined || isLate(count) || (Number.isInteger(count) && count >= 0)
      ? []
      : [found('invalid-replicas', { version, replicas: count })],
  );
}

/** Names of versions that Kubernetes refuses as labels; late values are unknown and pass. */
export function versionNameIssues(versions: readonly string[]): Issue[] {
  return versions
    .filter((name) => !isLate(name) && !isDnsLabel(name))
    .map((name) => found('invalid-service-name', { name, of: 'version' }));
}

/** Ports that Kubernetes refuses, one by one and together; late values are unknown and pass. */
export function portIssues(ports: readonly ServicePort[]): Issue[] {
  const numbers = repeatedIn(ports.map(({ port, protocol }) => (protocol === 'udp' ? `UDP ${port}` : `${port}`)));
  // Ports declared twice have names declared twice, unless somebody thought of names for them.
  const names = numbers.size > 0 ? [] : repeatedIn(ports.map((one) => one.name));
  return [
    ...ports.flatMap(singlePortIssues),
    ...[...numbers].map((port) => found('duplicate-port', { port })),
    ...[...names].map((name) => found('duplicate-port-name', { name })),
  ];
}

function singlePortIssues({ name, port, targetPort = port, protocol }: ServicePort): Issue[] {
  const wrong = [...new Set([port, targetPort])].filter((number) => !isLate(number) && !isPort(number));
  const isNamed = isLate(name) || isPortName(name);
  return [
    ...wrong.map((number) => found('invalid-port', { port: number })),
    ...(wrong.length > 0 || isNamed ? [] : [found('invalid-service-name', { name, of: 'port' })]),
    ...(isLate(protocol) || PROTOCOLS.includes(protocol)
      ? []
      : [found('invalid-protocol', { protocol, known: PROTOCOLS })]),
  ];
}

const isPort = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= 65535;

function repeatedIn(values: readonly string[]): Set<string> {
  return new Set(values.filter((value, index) => !isLate(value) && values.indexOf(value) < index));
}
