import type { HTTPRoute, HTTPRouteDestination, RouteDestination, TCPRoute, VirtualServiceSpec } from '../api';
import type { Issue } from '../manifest';
import type { Contribution, WeightedVersion } from './contribution';
import { isHttp, type Host, type ServicePort } from './host';
import type { MatchConditions } from './match';
import { planRoutes, type PlannedRoute } from './plan-routes';

/** What the routes of a host become, and what is wrong with them. */
export interface LoweredRoutes {
  /** Absent when nobody asked for a route. */
  readonly spec?: VirtualServiceSpec;
  readonly issues: readonly Issue[];
}

/** Destinations of a split, each with its port: a sidecar looks a destination without one up by the wrong port. */
export function destinationsOf(
  host: Host,
  to: readonly WeightedVersion[],
  port: number,
): (HTTPRouteDestination & RouteDestination)[] {
  return to.map(({ version, weight }) => ({
    destination: { host: host.fqdn, ...(version === undefined ? {} : { subset: version }), port: { number: port } },
    ...(to.length > 1 ? { weight } : {}),
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
  const fields = { name: route.name, ...(match.length > 0 ? { match } : {}), ...policy };
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
  return routes
    .filter((route) => route.match.length > 0 || Object.keys(route.policy).length > 0)
    .map((route) => ({
      code: 'http-rule-on-tcp-port',
      severity: 'error',
      origin: route.origin || (Object.values(route.policyOrigins)[0] ?? ''),
      message:
        `${host.fqdn} has no HTTP port (${host.ports.map((port) => `${port.name} ${port.port}`).join(', ')}), ` +
        `and Istio ignores HTTP rules on others`,
      fix: 'set the protocol of the port to http, http2 or grpc, or route by connection only',
    }));
}

/**
 * The VirtualService of a host for clients in the mesh. With one HTTP port its rules hold for that port; with several,
 * each rule is written once per port, because every destination names its port.
 */
export function lowerVirtualService(host: Host, contributions: readonly Contribution[]): LoweredRoutes {
  const isWanted = host.defaultVersion !== undefined || contributions.some((one) => one.kind !== 'traffic');
  const { routes, issues } = planRoutes(host, contributions);
  const httpPorts = host.ports.filter((port) => isHttp(port.protocol));
  const tcpPorts = host.ports.filter((port) => !isHttp(port.protocol) && port.protocol !== 'udp');
  if (httpPorts.length === 0) {
    const tcp = tcpRoutes(host, routes, tcpPorts);
    return {
      ...(isWanted && tcp.length > 0 ? { spec: { hosts: [host.fqdn], tcp } } : {}),
      issues: [...issues, ...httpOnTcp(host, routes)],
    };
  }
  const http = httpPorts.flatMap((port) =>
    routes.map((route) => {
      const forPort = { port: port.port };
      const match =
        httpPorts.length === 1
          ? route.match
          : route.match.length === 0
            ? [forPort]
            : route.match.map((one) => ({ ...one, ...forPort }));
      const named = httpPorts.length === 1 ? route : { ...route, name: `${route.name}-${port.name}` };
      return lowerHttpRoute(host, named, port.port, match);
    }),
  );
  return { ...(isWanted ? { spec: { hosts: [host.fqdn], http } } : {}), issues };
}

function tcpRoutes(host: Host, routes: readonly PlannedRoute[], ports: readonly ServicePort[]): TCPRoute[] {
  const last = routes.at(-1);
  if (last?.action.kind !== 'split') return [];
  const { to } = last.action;
  return ports.map((port) => ({ match: [{ port: port.port }], route: destinationsOf(host, to, port.port) }));
}
