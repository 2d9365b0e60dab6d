import type {
  Destination,
  HTTPMirrorPolicy,
  HTTPRoute,
  HTTPRouteDestination,
  RouteDestination,
  VirtualServiceSpec,
} from '../api';
import { found, type Issue } from '../findings';
import { lowerConnections } from './lower-connections';
import { foreignOwnerIssues } from './checks/one-owner';
import { needsRoutes, withSubsets, type Contribution, type MirrorTarget, type WeightedVersion } from './contribution';
import { isHttp, type Host } from './host';
import { onWay, type MatchConditions } from './match';
import { planRoutes, type PlannedRoute } from './plan-routes';

/** What the routes of a host become, and what is wrong with them. */
export interface LoweredRoutes {
  /** Absent when nobody asked for a route. */
  readonly spec?: VirtualServiceSpec;
  readonly issues: readonly Issue[];
}

type Target = Pick<WeightedVersion, 'version' | 'destination'>;

/** One destination with its port: a sidecar looks a destination without one up by the wrong port. */
function destinationOf(host: Host, { version, destination }: Target, port: number): Destination {
  if (destination !== undefined) {
    const { host: other, subset, port: number } = destination;
    return { host: other, ...(subset === undefined ? {} : { subset }), port: { number } };
  }
  return { host: host.fqdn, ...(version === undefined ? {} : { subset: version }), port: { number: port } };
}

/** Destinations of a split. */
export function destinationsOf(
  host: Host,
  to: readonly WeightedVersion[],
  port: number,
): (HTTPRouteDestination & RouteDestination)[] {
  return to.map(({ weight, headers, ...target }) => ({
    destination: destinationOf(host, target, port),
    ...(to.length > 1 ? { weight } : {}),
    ...(headers === undefined ? {} : { headers }),
  }));
}

/** The share is always written out, for a missing one means all. */
function mirrorsOf(host: Host, mirrors: readonly MirrorTarget[], port: number): HTTPMirrorPolicy[] {
  return mirrors.map((mirror) => ({
    destination: destinationOf(host, mirror, port),
    percentage: { value: mirror.percent },
  }));
}

/** One planned route as Istio writes it, for requests to `port` of the host. */
export function lowerHttpRoute(
  host: Host,
  route: PlannedRoute,
  port: number,
  match: readonly MatchConditions[],
): HTTPRoute {
  const { action, policy } = route;
  const { timeout, retries, fault, mirrors, headers, corsPolicy, rewrite } = policy;
  const fields = {
    name: route.name,
    ...(match.length > 0 ? { match } : {}),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retries === undefined ? {} : { retries }),
    ...(fault === undefined ? {} : { fault }),
    ...(rewrite === undefined ? {} : { rewrite }),
    ...(headers === undefined ? {} : { headers }),
    ...(corsPolicy === undefined ? {} : { corsPolicy }),
    ...(mirrors === undefined ? {} : { mirrors: mirrorsOf(host, mirrors, port) }),
  };
  switch (action.kind) {
    case 'split':
      return { ...fields, route: destinationsOf(host, action.to, port) };
    case 'redirect':
      return { ...fields, redirect: action.redirect };
    case 'direct-response':
      return { ...fields, directResponse: action.directResponse };
    case 'delegate':
      return { ...fields, delegate: action.delegate };
  }
}

function httpOnTcp(host: Host, routes: readonly PlannedRoute[]): Issue[] {
  const ports = host.ports.map((port) => `${port.name} ${port.port}`);
  return routes
    .filter((route) => route.match.length > 0 || Object.keys(route.policy).length > 0)
    .map((route) => {
      const origin = route.match.length > 0 ? route.origin : (Object.values(route.policyOrigins)[0] ?? route.origin);
      return found('http-route-on-tcp-port', { host: host.fqdn, ports }, { origin });
    });
}

function noPorts(host: Host, contributions: readonly Contribution[]): Issue[] {
  return contributions
    .filter(needsRoutes)
    .map(({ origin }) => found('port-not-known', { host: host.fqdn }, { origin }));
}

/** A condition on a port the host does not have holds for no request. */
function unknownPorts(host: Host, routes: readonly PlannedRoute[]): Issue[] {
  const known = host.ports.filter(({ protocol }) => isHttp(protocol)).map(({ port }) => port);
  return routes.flatMap(({ match, origin }) =>
    match.flatMap(({ port }) =>
      port === undefined || known.includes(port)
        ? []
        : [found('unknown-http-port', { port, service: host.name, known }, { origin })],
    ),
  );
}

/**
 * The VirtualService of a host for clients in the mesh. With one HTTP port its rules hold for that port; with several,
 * each rule is written once per port, because every destination names its port. Ports that speak no HTTP get the
 * default route by connection, and the connection routes.
 */
export function lowerVirtualService(plain: Host, contributions: readonly Contribution[]): LoweredRoutes {
  const foreign = foreignOwnerIssues(contributions);
  if (foreign !== undefined) return { issues: foreign };
  const host = withSubsets(plain, contributions);
  const isWanted = host.defaultVersion !== undefined || contributions.some(needsRoutes);
  if (isWanted && host.ports.length === 0) return { issues: noPorts(host, contributions) };

  const { routes, issues } = planRoutes(host, contributions);
  const httpPorts = host.ports.filter((port) => isHttp(port.protocol));
  const http = httpPorts.flatMap((port) => {
    const onPort: HTTPRoute[] = [];
    for (const route of routes) {
      const match = onWay(route.match, { gateway: 'mesh', port: port.port });
      if (match === undefined) continue;
      if (httpPorts.length === 1) onPort.push(lowerHttpRoute(host, route, port.port, match));
      else {
        const forPort = (match.length > 0 ? match : [{}]).map((one) => ({ ...one, port: port.port }));
        onPort.push(lowerHttpRoute(host, { ...route, name: `${route.name}-${port.name}` }, port.port, forPort));
      }
      if (match.length === 0) break;
    }
    return onPort;
  });
  const connections = lowerConnections(host, routes, contributions);
  const spec: VirtualServiceSpec = {
    hosts: [host.fqdn],
    ...(http.length > 0 ? { http } : {}),
    ...(connections.tls.length > 0 ? { tls: connections.tls } : {}),
    ...(connections.tcp.length > 0 ? { tcp: connections.tcp } : {}),
  };
  return {
    ...(isWanted && Object.keys(spec).length > 1 ? { spec } : {}),
    issues: [
      ...issues,
      ...connections.issues,
      ...(httpPorts.length === 0 ? httpOnTcp(host, routes) : unknownPorts(host, routes)),
    ],
  };
}
