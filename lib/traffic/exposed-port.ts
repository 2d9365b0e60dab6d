import { isLate } from '../json';
import type { Issue } from '../findings';
import type { Host } from './host';

/** A service that is given out on a port it does not have: every request would end with 503. */
export function unknownExposedPort(exposure: {
  readonly origin: string;
  readonly host: Host;
  readonly port: number;
}): Issue[] {
  const { origin, host, port } = exposure;
  const ports = host.ports.map((one) => one.port);
  if (ports.length === 0 || ports.includes(port) || [port, ...ports].some(isLate)) return [];
  return [
    {
      code: 'unknown-port',
      severity: 'error',
      origin,
      message: `${port} is no port of ${host.name}: it has ${ports.join(', ')}`,
      fix: 'name a port of the service',
    },
  ];
}
