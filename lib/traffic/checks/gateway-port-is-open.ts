import type { Server } from '../../api';
import { found, type Issue } from '../../findings';

/** Nothing is exposed under no host name. */
export function hostsIssues(hosts: readonly string[], origin: string): Issue[] {
  return hosts.length > 0 ? [] : [found('no-hosts', {}, { origin })];
}

/** Ports that a gateway listens on, but its Service does not have. */
export function closedPorts(gateway: string, servers: readonly Server[], known: readonly number[]): Issue[] {
  const ports = new Set(servers.map(({ port }) => port.number));
  return [...ports]
    .filter((port) => !known.includes(port))
    .map((port) => found('gateway-port-closed', { port, gateway, known }));
}
