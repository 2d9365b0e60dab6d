import type { Destination, HeaderOperations, Headers, HTTPRoute, VirtualServiceSpec } from '../api';
import { found, type Issue } from '../findings';
import {
  compareGatewayApiMatches,
  type GatewayApiBackend,
  type GatewayApiFilter,
  type GatewayApiRouteSpec,
  type GatewayApiRule,
} from './gateway-api';
import { disjoint, type MatchConditions } from './match';
import { toGatewayApiMatches, unspoken, type ConvertedMatch } from './to-gateway-api-match';

/** What the routes of a host become in Gateway API, and what it has no word for. */
export interface HttpRouteForm {
  readonly spec: GatewayApiRouteSpec;
  readonly issues: readonly Issue[];
}

/** Which Service stands for a destination; Gateway API has no subsets. */
export type BackendOf = (destination: Destination) => GatewayApiBackend;

interface Rule {
  readonly name: string;
  readonly rule: GatewayApiRule;
  readonly matches: readonly ConvertedMatch[];
}

/**
 * The HTTPRoute that sends the same requests to the same places as the HTTP routes of a VirtualService, or what keeps it
 * from doing so: a feature Gateway API lacks, or an order it does not keep.
 */
export function toHttpRoute(
  { hosts = [], http = [] }: VirtualServiceSpec,
  parentRefs: GatewayApiRouteSpec['parentRefs'],
  backendOf: BackendOf,
): HttpRouteForm {
  const issues: Issue[] = [];
  const rules = http.map((route, index): Rule => {
    const name = route.name ?? `rule ${index}`;
    const lacks = (what: string): void => {
      issues.push(lacking(name, what));
    };
    const alternatives = (route.match ?? []) as readonly MatchConditions[];
    for (const field of new Set(alternatives.flatMap(unspoken))) lacks(`matches on ${field}`);
    const matches = toGatewayApiMatches(alternatives);
    return { name, rule: ruleOf(route, matches, backendOf, lacks), matches };
  });
  issues.push(...misordered(rules));
  const hostnames = hosts.filter((host) => host !== '*');
  return {
    spec: { parentRefs, ...(hostnames.length > 0 ? { hostnames } : {}), rules: rules.map(({ rule }) => rule) },
    issues,
  };
}

function lacking(name: string, what: string): Issue {
  return found('gateway-api-lacks', { what: `Route "${name}" has ${what}` });
}

function ruleOf(
  route: HTTPRoute,
  matches: readonly ConvertedMatch[],
  backendOf: BackendOf,
  lacks: (what: string) => void,
): GatewayApiRule {
  if (route.fault !== undefined) lacks('a fault');
  if (route.retries !== undefined) lacks('retries');
  if (route.corsPolicy !== undefined) lacks('a CORS policy');
  if (route.directResponse !== undefined) lacks('a direct response');
  if (route.delegate !== undefined) lacks('a delegate');
  const filters: GatewayApiFilter[] = [
    ...headerFilters(route.headers),
    ...redirectFilter(route, lacks),
    ...rewriteFilter(route, matches, lacks),
    ...(route.mirrors ?? []).map(({ destination, percentage }): GatewayApiFilter => {
      const percent = percentage?.value ?? 100;
      const share = Number.isInteger(percent)
        ? { percent }
        : { fraction: { numerator: Math.round(percent * 10_000), denominator: 1_000_000 } };
      return { type: 'RequestMirror', requestMirror: { backendRef: backendOf(destination), ...share } };
    }),
  ];
  const backendRefs = (route.route ?? []).map(({ destination, weight, headers }) => {
    const own = headerFilters(headers);
    return {
      ...backendOf(destination),
      ...(weight === undefined ? {} : { weight }),
      ...(own.length > 0 ? { filters: own } : {}),
    };
  });
  return {
    ...(matches.length > 0 ? { matches: matches.map(({ match }) => match) } : {}),
    ...(filters.length > 0 ? { filters } : {}),
    ...(route.timeout === undefined ? {} : { timeouts: { request: route.timeout } }),
    ...(backendRefs.length > 0 ? { backendRefs } : {}),
  };
}

function modifier({ set, add, remove }: HeaderOperations) {
  const list = (entries: Readonly<Record<string, string>>) =>
    Object.entries(entries).map(([name, value]) => ({ name, value }));
  return {
    ...(set === undefined ? {} : { set: list(set) }),
    ...(add === undefined ? {} : { add: list(add) }),
    ...(remove === undefined ? {} : { remove }),
  };
}

function headerFilters(headers: Headers | undefined): GatewayApiFilter[] {
  const { request, response } = headers ?? {};
  return [
    ...(request === undefined
      ? []
      : [{ type: 'RequestHeaderModifier' as const, requestHeaderModifier: modifier(request) }]),
    ...(response === undefined
      ? []
      : [{ type: 'ResponseHeaderModifier' as const, responseHeaderModifier: modifier(response) }]),
  ];
}

function redirectFilter({ redirect }: HTTPRoute, lacks: (what: string) => void): GatewayApiFilter[] {
  if (redirect === undefined) return [];
  const { uri, authority, scheme, port, derivePort, redirectCode = 301 } = redirect;
  if (derivePort !== undefined) lacks('a redirect to a derived port');
  if (redirectCode !== 301 && redirectCode !== 302) lacks(`a redirect with status ${redirectCode}`);
  return [
    {
      type: 'RequestRedirect',
      requestRedirect: {
        ...(scheme === undefined ? {} : { scheme }),
        ...(authority === undefined ? {} : { hostname: authority }),
        ...(uri === undefined ? {} : { path: { type: 'ReplaceFullPath' as const, replaceFullPath: uri } }),
        ...(port === undefined ? {} : { port }),
        statusCode: redirectCode,
      },
    },
  ];
}

function rewriteFilter(
  { rewrite }: HTTPRoute,
  matches: readonly ConvertedMatch[],
  lacks: (what: string) => void,
): GatewayApiFilter[] {
  if (rewrite === undefined) return [];
  const { uri, uriRegexRewrite, authority } = rewrite;
  if (uriRegexRewrite !== undefined) lacks('a rewrite by regular expression');
  const isExact = matches.length > 0 && matches.every(({ match }) => match.path?.type === 'Exact');
  const isPrefix = matches.length === 1 && matches[0]?.match.path?.type === 'PathPrefix';
  // Under a prefix of whole segments both forms agree when what takes its place ends like a folder.
  const isFolder = isPrefix && matches[0]?.match.path?.value !== '/' && uri?.endsWith('/') === true;
  if (uri !== undefined && !isExact && !isFolder) lacks('a rewrite of a raw prefix');
  const path =
    uri === undefined
      ? {}
      : isExact
        ? { path: { type: 'ReplaceFullPath' as const, replaceFullPath: uri } }
        : { path: { type: 'ReplacePrefixMatch' as const, replacePrefixMatch: uri } };
  return [{ type: 'URLRewrite', urlRewrite: { ...(authority === undefined ? {} : { hostname: authority }), ...path } }];
}

/** Gateway API chooses among matches by their form; a VirtualService by their place. */
function misordered(rules: readonly Rule[]): Issue[] {
  const issues: Issue[] = [];
  const flat = rules.flatMap((rule, place) =>
    (rule.matches.length > 0 ? rule.matches : [{ match: {}, from: [{}] }]).map((one) => ({ ...one, rule, place })),
  );
  for (const first of flat) {
    for (const second of flat) {
      if (second.place <= first.place || compareGatewayApiMatches(second.match, first.match) >= 0) continue;
      if (disjoint(first.from, second.from)) continue;
      const earlier = { earlier: first.rule.name, earlierMatch: first.match };
      issues.push(found('gateway-api-order', { ...earlier, later: second.rule.name, laterMatch: second.match }));
    }
  }
  return issues;
}
