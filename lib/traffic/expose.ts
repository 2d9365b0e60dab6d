import type { HTTPRoute, VirtualServiceSpec } from '../api';
import { contradiction, type Issue } from '../findings';
import type { RoutePolicy } from './contribution';
import { unknownExposedPort } from './checks/exposed-port-exists';
import { conditionKey, exposedTwice } from './checks/exposed-once';
import type { Host } from './host';
import { lowerHttpRoute } from './lower-virtual-service';
import { and, matchKey, onWay, type MatchConditions } from './match';
import { pathIssues } from './checks/path-begins-with-slash';
import type { PlannedRoute } from './plan-routes';

/** One service exposed under one host name of a gateway. */
export interface Exposure {
  /** Path of the construct that exposes, and of the service behind it. */
  readonly origin: string;
  readonly host: Host;
  /** Port of the service. */
  readonly port: number;
  /** Conditions on the request, any of which suffices; empty for all requests to the host name. */
  readonly match: readonly MatchConditions[];
  /** The service's own routes: a split or a breaker holds from outside as it does from inside. */
  readonly routes: readonly PlannedRoute[];
  /** Settings of this way in alone, such as a rewrite of the path. */
  readonly policy?: RoutePolicy;
}

/** How narrow a path condition is: exact before regular expression before prefix, a longer prefix first. */
function narrowness({ uri }: MatchConditions): readonly [number, number, string] {
  if (uri === undefined) return [3, 0, ''];
  if (uri.exact !== undefined) return [0, 0, uri.exact];
  if (uri.regex !== undefined) return [1, 0, uri.regex];
  if (uri.prefix !== undefined) return [2, -uri.prefix.length, uri.prefix];
  return [3, 0, ''];
}

function compareNarrowness(a: MatchConditions, b: MatchConditions): number {
  const [kindA, lengthA, textA] = narrowness(a);
  const [kindB, lengthB, textB] = narrowness(b);
  if (kindA !== kindB || lengthA !== lengthB) return kindA - kindB || lengthA - lengthB;
  const [restA, restB] = [Object.keys(a).length, Object.keys(b).length];
  if (restA !== restB) return restB - restA;
  const [keyA, keyB] = [textA + matchKey(a), textB + matchKey(b)];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/** One condition of one exposure, with all routes of the service behind it. */
interface Entry {
  readonly exposure: Exposure;
  readonly condition: MatchConditions;
}

/** Exposures with neighbouring conditions of one service become one route again, so that the output stays short. */
function group(entries: readonly Entry[]): { exposure: Exposure; conditions: MatchConditions[] }[] {
  const groups: { exposure: Exposure; conditions: MatchConditions[] }[] = [];
  for (const { exposure, condition } of entries) {
    const last = groups.at(-1);
    if (last !== undefined && last.exposure === exposure) last.conditions.push(condition);
    else groups.push({ exposure, conditions: [condition] });
  }
  return groups;
}

/**
 * The VirtualService of one host name on a gateway. The narrowest path stands first whatever was exposed first, and
 * behind each path stand the routes of the service: matched ones first, the split last.
 */
export function lowerExposures(
  hostName: string,
  gateway: string,
  exposures: readonly Exposure[],
): { readonly spec: VirtualServiceSpec; readonly issues: readonly Issue[] } {
  const issues = [
    ...exposures.flatMap(unknownExposedPort),
    ...exposures.flatMap(({ origin, match }) => pathIssues(origin, match)),
    ...exposedTwice(hostName, `gateway ${gateway}`, exposures),
  ];
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (const exposure of exposures) {
    for (const condition of exposure.match.length > 0 ? exposure.match : [{}]) {
      const key = conditionKey(condition);
      if (!seen.has(key)) entries.push({ exposure, condition });
      seen.add(key);
    }
  }
  entries.sort((a, b) => compareNarrowness(a.condition, b.condition));

  const http: HTTPRoute[] = [];
  for (const { exposure, conditions } of group(entries)) {
    for (const route of exposure.routes) {
      const own = onWay(route.match, { gateway, port: exposure.port });
      const match =
        own === undefined ? undefined : conjunctions({ ...route, match: own }, conditions, exposure, issues);
      if (match === undefined) continue;
      const policy = route.action.kind === 'split' ? { ...route.policy, ...exposure.policy } : route.policy;
      const name = `${exposure.host.name}-${route.name}`;
      http.push(lowerHttpRoute(exposure.host, { ...route, name, policy }, exposure.port, match));
      if (own?.length === 0) break; // it takes all that is left of this way in
    }
  }
  return { spec: { hosts: [hostName], gateways: [gateway], http }, issues };
}

/** The route's conditions and those of the way in; undefined when no request can satisfy both. */
function conjunctions(
  route: PlannedRoute,
  conditions: readonly MatchConditions[],
  exposure: Exposure,
  issues: Issue[],
): readonly MatchConditions[] | undefined {
  const found = new Map<string, MatchConditions>();
  for (const wayIn of conditions) {
    for (const own of route.match.length > 0 ? route.match : [{}]) {
      const both = and(wayIn, own);
      if (both === 'unknown') {
        issues.push(
          contradiction(
            `The matches ${matchKey(wayIn)} and ${matchKey(own)} cannot be asked for at once in Istio`,
            route,
            exposure,
            'Use exact or prefix conditions, or one regular expression that says both.',
          ),
        );
      } else if (both !== 'never') found.set(matchKey(both.both), both.both);
    }
  }
  if (found.size === 0) return undefined;
  const match = [...found.values()];
  return match.some((condition) => Object.keys(condition).length === 0) ? [] : match;
}
