import type { TCPRoute, TLSRoute, VirtualServiceSpec } from '../api';
import { contradiction, type Issue } from '../findings';
import { unknownExposedPort } from './checks/exposed-port-exists';
import type { Host } from './host';
import { destinationsOf } from './lower-virtual-service';
import type { PlannedRoute } from './plan-routes';

/** A service exposed by connection: TLS passed through, or plain TCP. */
export interface ConnectionExposure {
  readonly origin: string;
  readonly host: Host;
  /** Port of the service. */
  readonly port: number;
  readonly routes: readonly PlannedRoute[];
}

function route(exposure: ConnectionExposure): TCPRoute['route'] {
  const split = exposure.routes.at(-1)?.action;
  const to = split?.kind === 'split' ? split.to : [{ weight: 100 }];
  return destinationsOf(exposure.host, to, exposure.port).map(({ destination, weight }) => ({
    destination,
    ...(weight === undefined ? {} : { weight }),
  }));
}

/** The routes of one host name whose TLS the gateway passes through: the split of the service, by server name. */
export function lowerPassthrough(
  hostName: string,
  gateway: string,
  exposures: readonly ConnectionExposure[],
): { readonly tls: readonly TLSRoute[]; readonly issues: readonly Issue[] } {
  const [first, second] = exposures;
  if (first === undefined) return { tls: [], issues: [] };
  const issues = exposures.flatMap(unknownExposedPort);
  if (second !== undefined) {
    const what = `TLS for ${hostName} is passed through twice on gateway ${gateway}`;
    issues.push(contradiction(what, first, second, 'Pass it through to one service, or give each its own host.'));
  }
  return { tls: [{ match: [{ port: 443, sniHosts: [hostName] }], route: route(first) ?? [] }], issues };
}

/** The VirtualService of plain TCP ports of a gateway. */
export function lowerTcpExposures(
  gateway: string,
  exposures: ReadonlyMap<number, readonly ConnectionExposure[]>,
): { readonly spec: VirtualServiceSpec; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const tcp: TCPRoute[] = [];
  for (const [port, there] of [...exposures].sort(([a], [b]) => a - b)) {
    const [first, second] = there;
    if (first === undefined) continue;
    issues.push(...there.flatMap(unknownExposedPort));
    if (second !== undefined) {
      const what = `Port ${port} of gateway ${gateway} is given to two services`;
      issues.push(contradiction(what, first, second, 'Give each its own port.'));
    }
    tcp.push({ match: [{ port }], route: route(first) ?? [] });
  }
  return { spec: { hosts: ['*'], gateways: [gateway], tcp }, issues };
}
