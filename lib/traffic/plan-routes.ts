import { contradiction, type Issue } from '../findings';
import { acceptPolicy, acceptSplit } from './checks/accept-targets';
import { joinPolicyField as join, overlayPolicyField as overlay } from './join-policy';
import {
  withSubsets,
  type Contribution,
  type DefaultRoute,
  type MatchedRoute,
  type RouteAction,
  type RoutePolicy,
  type RouteSettings,
} from './contribution';
import type { Host } from './host';
import { and, covers, matchKey, type MatchConditions } from './match';
import { orderRoutes } from './order-routes';
import { pathIssues } from './checks/path-begins-with-slash';

/** A route before it is written down: still in terms of versions, not of destinations. */
export interface PlannedRoute {
  readonly name: string;
  readonly origin: string;
  /** Alternatives; empty for the default route, which takes what is left. */
  readonly match: readonly MatchConditions[];
  readonly action: RouteAction;
  readonly policy: RoutePolicy;
  /** Which construct set which field of the policy. */
  readonly policyOrigins: Readonly<Partial<Record<keyof RoutePolicy, string>>>;
}

/** The routes of a host, and what is wrong with the contributions they were made from. */
export interface RoutePlan {
  readonly routes: readonly PlannedRoute[];
  readonly issues: readonly Issue[];
}

/** The one route for requests that nothing else takes. */
function defaultRoute(host: Host, wanted: readonly DefaultRoute[], issues: Issue[]): PlannedRoute {
  const [first, ...others] = wanted;
  for (const other of others) {
    if (first === undefined) break;
    issues.push(
      contradiction(
        `${host.fqdn} can have one default route`,
        first,
        other,
        'Keep one of them, or give one of them a match.',
      ),
    );
  }
  const to = first?.to ?? [
    { ...(host.defaultVersion === undefined ? {} : { version: host.defaultVersion }), weight: 100 },
  ];
  const origin = first?.origin ?? '';
  return {
    name: first?.name ?? 'default',
    origin,
    match: [],
    action: { kind: 'split', to: acceptSplit(host, origin, to, issues) },
    policy: {},
    policyOrigins: {},
  };
}

/** A matched route without the targets that are refused. */
function acceptRoute(host: Host, route: MatchedRoute, issues: Issue[]): MatchedRoute {
  const { action, policy, origin } = route;
  return {
    ...route,
    ...(action.kind === 'split' ? { action: { ...action, to: acceptSplit(host, origin, action.to, issues) } } : {}),
    ...(policy === undefined ? {} : { policy: acceptPolicy(host, origin, policy, issues) }),
  };
}

function matchedRoute(route: MatchedRoute): PlannedRoute {
  const policyOrigins = Object.fromEntries(Object.keys(route.policy ?? {}).map((field) => [field, route.origin]));
  return {
    name: route.name,
    origin: route.origin,
    match: route.match,
    action: route.action,
    policy: route.policy ?? {},
    policyOrigins,
  };
}

type Rank = 'all' | 'matched';

/** A redirect or a direct answer never reaches a service: only these settings mean anything there. */
const WITHOUT_UPSTREAM: ReadonlySet<string> = new Set(['headers', 'corsPolicy']);

/** The settings that have an effect on a route. */
function effective(route: PlannedRoute, policy: RoutePolicy): [keyof RoutePolicy, unknown][] {
  const isAnswered = route.action.kind === 'redirect' || route.action.kind === 'direct-response';
  return (Object.entries(policy) as [keyof RoutePolicy, unknown][]).filter(
    ([field, value]) => value !== undefined && (!isAnswered || WITHOUT_UPSTREAM.has(field)),
  );
}

/** The route with the settings laid over it; what two equals want is put together, or a contradiction. */
function withSettings(
  route: PlannedRoute,
  settings: RouteSettings,
  ranks: Map<string, Rank>,
  rank: Rank,
  issues: Issue[],
): PlannedRoute {
  const policy: Record<string, unknown> = { ...route.policy };
  const policyOrigins: Record<string, string> = { ...route.policyOrigins };
  for (const [field, value] of effective(route, settings.policy)) {
    const before = policyOrigins[field];
    if (before !== undefined && before !== settings.origin) {
      const joined = join(field, policy[field], value);
      if (joined !== undefined) {
        policy[field] = joined;
        continue;
      }
      const isOwn = before === route.origin && !ranks.has(`${before} ${field}`);
      if (isOwn && rank === 'all') {
        policy[field] = overlay(field, value, policy[field]);
        continue;
      }
      const isNarrower = rank === 'matched' && ranks.get(`${before} ${field}`) === 'all';
      if (!isNarrower) {
        issues.push(
          contradiction(
            `Both want to set ${field} of route "${route.name}"`,
            { origin: before },
            settings,
            'Keep one of them, or give them matches that no request satisfies both of.',
          ),
        );
        continue;
      }
    }
    policy[field] = policy[field] === undefined ? value : overlay(field, policy[field], value);
    policyOrigins[field] = settings.origin;
    ranks.set(`${settings.origin} ${field}`, rank);
  }
  return { ...route, policy, policyOrigins };
}

/** Splits every route the settings touch in two: the requests they are for first, then the rest. */
function applyMatched(
  routes: readonly PlannedRoute[],
  settings: RouteSettings,
  ranks: Map<string, Rank>,
  issues: Issue[],
): PlannedRoute[] {
  const result: PlannedRoute[] = [];
  for (const route of routes) {
    if (effective(route, settings.policy).length === 0) {
      result.push(route);
      continue;
    }
    const alternatives = route.match.length > 0 ? route.match : [{}];
    const narrowed = new Map<string, MatchConditions>();
    for (const mine of alternatives) {
      for (const theirs of settings.match ?? []) {
        const both = and(mine, theirs);
        if (both === 'unknown') {
          issues.push(
            contradiction(
              `The matches ${matchKey(mine)} and ${matchKey(theirs)} cannot be asked for at once in Istio`,
              route,
              settings,
              'Use exact or prefix conditions, or one regular expression that says both.',
            ),
          );
        } else if (both !== 'never') narrowed.set(matchKey(both.both), both.both);
      }
    }
    const match = [...narrowed.values()];
    if (match.length === 0) {
      result.push(route);
      continue;
    }
    const special = withSettings({ ...route, match }, settings, ranks, 'matched', issues);
    const takesAll = alternatives.every((mine) => match.some((condition) => covers(condition, mine)));
    if (takesAll && route.match.length > 0) result.push(special);
    else {
      const name = route.match.length > 0 ? `${route.name}-${settings.name}` : settings.name;
      result.push({ ...special, name }, route);
    }
  }
  return result;
}

/** Leaves out routes whose every request an earlier route takes. */
function withoutShadowed(routes: readonly PlannedRoute[]): PlannedRoute[] {
  const kept: PlannedRoute[] = [];
  for (const route of routes) {
    const isShadowed =
      route.match.length > 0 &&
      route.match.every((mine) => kept.some((earlier) => earlier.match.some((theirs) => covers(theirs, mine))));
    if (!isShadowed) kept.push(route);
  }
  return kept;
}

/**
 * All that was said of a host's HTTP requests, as one list of routes: matched ones first, the one default last,
 * settings laid over both. Nothing is lost: what cannot stand together is an issue that names both constructs.
 */
export function planRoutes(plain: Host, contributions: readonly Contribution[]): RoutePlan {
  const host = withSubsets(plain, contributions);
  const issues: Issue[] = [];
  const matched = contributions
    .filter((one): one is MatchedRoute => one.kind === 'route')
    .map((one) => acceptRoute(host, one, issues));
  const settings = contributions
    .filter((one): one is RouteSettings => one.kind === 'settings')
    .map((one) => ({ ...one, policy: acceptPolicy(host, one.origin, one.policy, issues) }))
    .sort((a, b) => (a.origin < b.origin ? -1 : a.origin > b.origin ? 1 : 0));
  issues.push(...[...matched, ...settings].flatMap(({ origin, match = [] }) => pathIssues(origin, match)));
  const ordered = orderRoutes(matched);
  ordered.forEach((route, index) => {
    const shadow = ordered
      .slice(0, index)
      .find((earlier) => route.match.every((mine) => earlier.match.some((theirs) => covers(theirs, mine))));
    if (shadow !== undefined) {
      issues.push(
        contradiction(
          `No request ever reaches "${route.name}", for "${shadow.name}" takes them all`,
          shadow,
          route,
          'Declare the narrower route first, or drop one of them.',
        ),
      );
    }
  });
  const defaults = contributions.filter((one): one is DefaultRoute => one.kind === 'default');
  let routes: PlannedRoute[] = [...ordered.map(matchedRoute), defaultRoute(host, defaults, issues)];

  const ranks = new Map<string, Rank>();
  for (const one of settings.filter((candidate) => candidate.match === undefined)) {
    routes = routes.map((route) => withSettings(route, one, ranks, 'all', issues));
  }
  const narrow = settings.filter((candidate) => candidate.match !== undefined);
  for (const one of narrow) {
    routes = withoutShadowed(applyMatched(routes, one, ranks, issues));
  }
  return { routes, issues: dedupe(issues) };
}

function dedupe(issues: readonly Issue[]): Issue[] {
  return [
    ...new Map(issues.map((issue) => [JSON.stringify([issue.code, issue.origin, issue.message]), issue])).values(),
  ];
}
