import type { Destination, RouteDestination, TCPRoute, TLSRoute } from '../api';
import { contradiction, found, type Issue } from '../findings';
import { acceptSplit } from './checks/accept-targets';
import type {
  ConnectionConditions,
  ConnectionRoute,
  Contribution,
  DefaultRoute,
  WeightedVersion,
} from './contribution';
import { isHttp, type Host, type ServicePort } from './host';
import type { PlannedRoute } from './plan-routes';

/** The routes of a host's ports that speak no HTTP. */
export interface LoweredConnections {
  readonly tcp: readonly TCPRoute[];
  readonly tls: readonly TLSRoute[];
  readonly issues: readonly Issue[];
}

const isTls = ({ protocol }: ServicePort): boolean => protocol === 'tls' || protocol === 'https';

function destinations(host: Host, to: readonly WeightedVersion[], port: number): RouteDestination[] {
  return to.map(({ version, destination, weight }) => {
    const there: Destination =
      destination === undefined
        ? { host: host.fqdn, ...(version === undefined ? {} : { subset: version }), port: { number: port } }
        : {
            host: destination.host,
            ...(destination.subset === undefined ? {} : { subset: destination.subset }),
            port: { number: destination.port },
          };
    return { destination: there, ...(to.length > 1 ? { weight } : {}) };
  });
}

/** True when a route says more than "all pods of the host", which is what Istio does without it. */
const decides = (to: readonly WeightedVersion[]): boolean =>
  to.some(({ version, destination }) => version !== undefined || destination !== undefined);

/**
 * Routes by connection: those that were asked for, in the order declared, then for each port the default split. TLS
 * ports are routed by server name, other ports by their number.
 */
export function lowerConnections(
  host: Host,
  routes: readonly PlannedRoute[],
  contributions: readonly Contribution[],
): LoweredConnections {
  const ports = host.ports.filter(({ protocol }) => !isHttp(protocol) && protocol !== 'udp');
  const issues: Issue[] = [];
  const wanted = contributions
    .filter((one): one is ConnectionRoute => one.kind === 'connection')
    .map((one) => ({ ...one, to: acceptSplit(host, one.origin, one.to, issues) }));
  const byDefault = contributions.find((one): one is DefaultRoute => one.kind === 'default');
  const last = routes.at(-1);
  const isOnlyConnections = ports.length > 0 && !host.ports.some(({ protocol }) => isHttp(protocol));
  issues.push(...wanted.flatMap((one) => strayPorts(host, ports, one)));
  const tcp: TCPRoute[] = [];
  const tls: TLSRoute[] = [];
  for (const port of ports) {
    const seen = new Map<string, ConnectionRoute | DefaultRoute>();
    const isNew = (match: ConnectionConditions, route: ConnectionRoute | DefaultRoute, sni: readonly string[]) => {
      const key = JSON.stringify([Object.entries(match).sort(), [...sni].sort()]);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, route);
      else {
        const what = `Both route the same connections to port ${port.port} of ${host.fqdn}`;
        issues.push(contradiction(what, first, route, 'Keep one of them, or give one more conditions.'));
      }
      return first === undefined;
    };
    const add = (match: ConnectionConditions, route: ConnectionRoute | DefaultRoute, sni?: readonly string[]): void => {
      const sniHosts = sni ?? (isTls(port) ? [host.fqdn] : undefined);
      if (!isNew(match, route, sniHosts ?? [])) return;
      const conditions = { ...match, port: port.port };
      const there = destinations(host, route.to, port.port);
      if (sniHosts === undefined) tcp.push({ match: [conditions], route: there });
      else tls.push({ match: [{ ...conditions, sniHosts }], route: there });
    };
    for (const route of wanted) {
      for (const match of route.match.length > 0 ? route.match : [{}]) {
        if (match.port === undefined || match.port === port.port) {
          const { port: _, ...rest } = match;
          add(rest, route, route.sniHosts);
        }
      }
    }
    if (last?.action.kind !== 'split' || !(isOnlyConnections || decides(last.action.to))) continue;
    // A split nobody asked for gives way to a route that takes every connection.
    const taking = wanted.find(takesAll(port));
    const isAsked = byDefault !== undefined && byDefault.origin !== taking?.origin;
    if (isAsked || taking === undefined)
      add({}, { kind: 'default', origin: last.origin, name: last.name, to: last.action.to });
  }
  return { tcp, tls, issues };
}

const takesAll =
  ({ port }: ServicePort) =>
  ({ match }: ConnectionRoute): boolean =>
    match.length === 0 ||
    match.some((one) => Object.keys(one).every((key) => key === 'port') && (one.port ?? port) === port);

function strayPorts(host: Host, ports: readonly ServicePort[], route: ConnectionRoute): Issue[] {
  const known = ports.map(({ port }) => port);
  const { origin } = route;
  if (known.length === 0) return [found('no-connection-ports', { host: host.fqdn }, { origin })];
  return route.match.flatMap(({ port }) =>
    port === undefined || known.includes(port)
      ? []
      : [found('no-such-connection', { host: host.name, port, known }, { origin })],
  );
}
