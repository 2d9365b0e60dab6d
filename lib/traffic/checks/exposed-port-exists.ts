import { isLate } from '../../json';
import { found, type Issue } from '../../findings';
import type { Host } from '../host';

/** A service that is exposed on a port it does not have: every request would end with 503. */
export function unknownExposedPort(exposure: {
  readonly origin: string;
  readonly host: Host;
  readonly port: number;
}): Issue[] {
  const { origin, host, port } = exposure;
  const ports = host.ports.map((one) => one.port);
  if (ports.length === 0 || ports.includes(port) || [port, ...ports].some(isLate)) return [];
  return [found('unknown-port', { port, service: host.name, known: ports }, { origin })];
}
