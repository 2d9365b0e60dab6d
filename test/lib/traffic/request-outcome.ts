import { RE2JS } from 're2js';
import type { DestinationRuleSpec, HTTPRoute, StringMatch, TrafficPolicy, VirtualServiceSpec } from '../../../lib/api';

/** A request as routing sees it. */
export interface TestRequest {
  readonly path: string;
  readonly method?: string;
  readonly scheme?: string;
  readonly authority?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Port the client connects to. */
  readonly port: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly sourceNamespace?: string;
  /** `mesh`, or the gateway the request comes through. */
  readonly gateway?: string;
}

/** Where a request goes: the rule that takes it, and percent by cluster. */
export interface Outcome {
  readonly rule: HTTPRoute;
  readonly clusters: Readonly<Record<string, number>>;
}

function textHolds(condition: StringMatch, value: string): boolean {
  if (condition.exact !== undefined) return value === condition.exact;
  if (condition.prefix !== undefined) return value.startsWith(condition.prefix);
  if (condition.regex !== undefined) return RE2JS.compile(condition.regex).matches(value);
  return true;
}

/** Dot segments resolved and harmless escapes undone, as Istio's default path normalization does. */
function normalized(path: string): string {
  const parts: string[] = [];
  const segments = path.split('/').slice(1);
  segments.forEach((segment, index) => {
    const text = segment.replace(/%([0-9A-Fa-f]{2})/g, (escape, hex: string) => {
      const character = String.fromCharCode(parseInt(hex, 16));
      return /[A-Za-z0-9._~-]/.test(character) ? character : escape.toUpperCase();
    });
    const isLast = index === segments.length - 1;
    if (text === '..') parts.pop();
    if (text === '..' || text === '.') {
      if (isLast) parts.push('');
      return;
    }
    parts.push(text);
  });
  return `/${parts.join('/')}`;
}

function ruleApplies(rule: HTTPRoute, request: TestRequest): HTTPRoute['match'] | 'all' | undefined {
  if (rule.match === undefined || rule.match.length === 0) return 'all';
  const alternatives = rule.match.filter((one) => {
    if (one.port !== undefined && one.port !== request.port) return false;
    if (one.gateways !== undefined && !one.gateways.includes(request.gateway ?? 'mesh')) return false;
    if (one.sourceNamespace !== undefined && one.sourceNamespace !== (request.sourceNamespace ?? 'default'))
      return false;
    const labels = request.sourceLabels ?? {};
    return Object.entries(one.sourceLabels ?? {}).every(([name, value]) => labels[name] === value);
  });
  return alternatives.length > 0 ? alternatives : undefined;
}

function holds(condition: NonNullable<HTTPRoute['match']>[number], request: TestRequest): boolean {
  const [raw = '', query = ''] = (request.path.split('#')[0] ?? '').split('?');
  const path = normalized(raw);
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value).trim()]),
  );
  const parameters = new URLSearchParams(query);
  const { uri } = condition;
  if (uri !== undefined) {
    const fold = (text: string): string => (condition.ignoreUriCase === true ? text.toLowerCase() : text);
    const folded =
      uri.exact !== undefined
        ? { exact: fold(uri.exact) }
        : uri.prefix !== undefined
          ? { prefix: fold(uri.prefix) }
          : uri;
    if (!textHolds(folded, uri.regex === undefined ? fold(path) : path)) return false;
  }
  if (condition.method !== undefined && !textHolds(condition.method, request.method ?? 'GET')) return false;
  if (condition.scheme !== undefined && !textHolds(condition.scheme, request.scheme ?? 'http')) return false;
  if (condition.authority !== undefined && !textHolds(condition.authority, request.authority ?? '')) return false;
  for (const [name, text] of Object.entries(condition.headers ?? {})) {
    const value = headers[name.toLowerCase()];
    if (value === undefined || !textHolds(text, value)) return false;
  }
  for (const [name, text] of Object.entries(condition.withoutHeaders ?? {})) {
    const value = headers[name.toLowerCase()];
    if (value !== undefined && textHolds(text, value)) return false;
  }
  return Object.entries(condition.queryParams ?? {}).every(([name, text]) => {
    const value = parameters.get(name);
    return value !== null && textHolds(text, value);
  });
}

/**
 * What Istio and Envoy do with a request, as recorded: rules that cannot apply to the proxy are left out, the first that
 * holds takes the request, and weights are shares of their sum. Undefined when no rule holds.
 */
export function outcomeOf(spec: VirtualServiceSpec, request: TestRequest): Outcome | undefined {
  for (const rule of spec.http ?? []) {
    const alternatives = ruleApplies(rule, request);
    if (alternatives === undefined) continue;
    if (alternatives !== 'all' && !alternatives.some((one) => holds(one, request))) continue;
    const targets = rule.route ?? [];
    const total = targets.length === 1 ? 1 : targets.reduce((sum, { weight = 0 }) => sum + weight, 0);
    const clusters: Record<string, number> = {};
    for (const { destination, weight = 0 } of targets) {
      const share = targets.length === 1 ? 100 : (100 * weight) / total;
      if (share === 0) continue;
      const name = `outbound|${destination.port?.number ?? request.port}|${destination.subset ?? ''}|${destination.host}`;
      clusters[name] = (clusters[name] ?? 0) + share;
    }
    return { rule, clusters };
  }
  return undefined;
}

const PORT_BLOCKS = ['connectionPool', 'outlierDetection', 'loadBalancer', 'tls'] as const;

/** The policy of one cluster as istiod puts it together from a DestinationRule. */
export function clusterPolicy(spec: DestinationRuleSpec, port: number, subset: string | undefined): TrafficPolicy {
  const at = (policy: TrafficPolicy | undefined) =>
    policy?.portLevelSettings?.find((entry) => entry.port?.number === port);
  const { portLevelSettings: _, ...wide } = spec.trafficPolicy ?? {};
  let merged: Record<string, unknown> = { ...wide };
  const replaceByPort = (entry: object | undefined): void => {
    if (entry === undefined) return;
    for (const block of PORT_BLOCKS) merged[block] = (entry as Record<string, unknown>)[block];
  };
  replaceByPort(at(spec.trafficPolicy));
  const own = spec.subsets?.find(({ name }) => name === subset)?.trafficPolicy;
  if (own !== undefined) {
    const { portLevelSettings: __, ...blocks } = own;
    merged = { ...merged, ...blocks };
    replaceByPort(at(own));
  }
  return Object.fromEntries(Object.entries(merged).filter(([, block]) => block !== undefined));
}
