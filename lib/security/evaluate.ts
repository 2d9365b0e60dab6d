import type {
  AuthorizationCondition,
  AuthorizationOperation,
  AuthorizationPolicySpec,
  AuthorizationSource,
} from '../api';

/** A request as authorization sees it. */
export interface AccessRequest {
  /** Identity of the client by its certificate; absent without mutual TLS. */
  readonly principal?: string;
  readonly sourceIp?: string;
  /** Port of the pod. */
  readonly port: number;
  /** Absent for connections that are not HTTP. */
  readonly http?: {
    readonly method: string;
    readonly path: string;
    readonly host?: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** `<issuer>/<subject>` of a valid token. */
    readonly requestPrincipal?: string;
    readonly claims?: Readonly<Record<string, string | readonly string[]>>;
  };
}

/** A policy with what decides whether it holds for a workload. */
export interface PlacedPolicy {
  readonly namespace: string;
  readonly spec: AuthorizationPolicySpec;
}

/** A workload that policies are looked up for. */
export interface PlacedWorkload {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What became of a request. */
export type AccessVerdict = 'allowed' | 'denied' | 'asked';

/** One value against one pattern: exact, `prefix*`, `*suffix`, `*` for any value that is not empty. */
function matchesText(value: string, pattern: string): boolean {
  if (pattern === '*') return value !== '';
  if (pattern.endsWith('*')) return value.startsWith(pattern.slice(0, -1));
  if (pattern.startsWith('*')) return value.endsWith(pattern.slice(1));
  return value === pattern;
}

/** Paths also know templates: `{*}` is one segment, `{**}` any number of them. */
function matchesPath(path: string, pattern: string): boolean {
  if (!pattern.includes('{')) return matchesText(path, pattern);
  const source = pattern
    .split(/(\{\*\*?\})/)
    .map((part) => (part === '{*}' ? '[^/]+' : part === '{**}' ? '.*' : part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`).test(path);
}

type Compare = (value: string, pattern: string) => boolean;

/** A list of patterns holds when any does; its `not` twin when none does. A value that is missing matches no pattern. */
function holds(
  value: string | undefined,
  patterns: readonly string[] | undefined,
  notPatterns: readonly string[] | undefined,
  compare: Compare = matchesText,
): boolean {
  const matches = (list: readonly string[]): boolean =>
    value !== undefined && list.some((pattern) => compare(value, pattern));
  return (
    (patterns === undefined || patterns.length === 0 || matches(patterns)) &&
    (notPatterns === undefined || notPatterns.length === 0 || !matches(notPatterns))
  );
}

const inBlock: Compare = (ip, block) => {
  const [base = '', bits = '32'] = block.split('/');
  const number = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(ip) / size) === Math.floor(number(base) / size);
};

const namespaceOf = (principal: string | undefined): string | undefined => /\/ns\/([^/]+)\//.exec(principal ?? '')?.[1];
const accountOf = (principal: string | undefined): string | undefined => {
  const [, namespace, account] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(principal ?? '') ?? [];
  return namespace === undefined ? undefined : `${namespace}/${account ?? ''}`;
};

function sourceHolds(source: AuthorizationSource, request: AccessRequest, policyNamespace: string): boolean {
  const accounts = (list: readonly string[] | undefined): readonly string[] | undefined =>
    list?.map((account) => (account.includes('/') ? account : `${policyNamespace}/${account}`));
  const { principal, http, sourceIp } = request;
  return (
    holds(principal, source.principals, source.notPrincipals) &&
    holds(http?.requestPrincipal, source.requestPrincipals, source.notRequestPrincipals) &&
    holds(namespaceOf(principal), source.namespaces, source.notNamespaces) &&
    holds(accountOf(principal), accounts(source.serviceAccounts), accounts(source.notServiceAccounts)) &&
    holds(principal?.split('/')[0], source.trustDomains, source.notTrustDomains) &&
    holds(sourceIp, source.ipBlocks, source.notIpBlocks, inBlock) &&
    holds(sourceIp, source.remoteIpBlocks, source.notRemoteIpBlocks, inBlock)
  );
}

function operationHolds(operation: AuthorizationOperation, { http, port }: AccessRequest): boolean {
  const lower: Compare = (host, pattern) => matchesText(host.toLowerCase(), pattern.toLowerCase());
  return (
    holds(http?.host, operation.hosts, operation.notHosts, lower) &&
    holds(http?.method, operation.methods, operation.notMethods) &&
    holds(http?.path.split('?')[0], operation.paths, operation.notPaths, matchesPath) &&
    holds(String(port), operation.ports, operation.notPorts)
  );
}

function attribute(key: string, request: AccessRequest): readonly string[] {
  const { http, principal } = request;
  const inBrackets = /\[([^\]]+)\]$/.exec(key)?.[1] ?? '';
  const one = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);
  if (key.startsWith('request.headers[')) return one(http?.headers?.[inBrackets.toLowerCase()]);
  if (key.startsWith('request.auth.claims[')) {
    const value = http?.claims?.[inBrackets];
    return typeof value === 'string' ? [value] : (value ?? []);
  }
  switch (key) {
    case 'request.auth.principal':
      return one(http?.requestPrincipal);
    case 'source.ip':
    case 'remote.ip':
      return one(request.sourceIp);
    case 'source.namespace':
      return one(namespaceOf(principal));
    case 'source.principal':
      return one(principal);
    case 'source.serviceAccount':
      return one(accountOf(principal));
    case 'destination.port':
      return [String(request.port)];
    default:
      return [];
  }
}

function conditionHolds({ key, values, notValues }: AuthorizationCondition, request: AccessRequest): boolean {
  const found = attribute(key, request);
  const compare = key.endsWith('.ip') ? inBlock : matchesText;
  const any = (list: readonly string[]): boolean =>
    found.some((value) => list.some((pattern) => compare(value, pattern)));
  return (values === undefined || any(values)) && (notValues === undefined || !any(notValues));
}

/** Whether any rule of a policy matches: within a rule all parts must, within a part any entry. */
function policyMatches({ spec, namespace }: PlacedPolicy, request: AccessRequest): boolean {
  return (spec.rules ?? []).some(({ from, to, when }) => {
    const isFrom =
      from === undefined ||
      from.length === 0 ||
      from.some(({ source }) => sourceHolds(source ?? {}, request, namespace));
    const isTo =
      to === undefined || to.length === 0 || to.some(({ operation }) => operationHolds(operation ?? {}, request));
    return isFrom && isTo && (when ?? []).every((condition) => conditionHolds(condition, request));
  });
}

/** The policies that hold for a workload: those of the root namespace and of its own, without a selector or with one that fits. */
export function policiesFor(
  workload: PlacedWorkload,
  policies: readonly PlacedPolicy[],
  rootNamespace = 'istio-system',
): PlacedPolicy[] {
  return policies.filter(({ namespace, spec }) => {
    if (namespace !== workload.namespace && namespace !== rootNamespace) return false;
    const labels = Object.entries(spec.selector?.matchLabels ?? {});
    return labels.every(([name, value]) => workload.labels[name] === value);
  });
}

/**
 * What Istio does with a request to a workload: first the policies that hand the decision on (CUSTOM), then those that deny,
 * then those that allow. Where no ALLOW policy holds for the workload, what was not denied is allowed.
 *
 * @see https://istio.io/latest/docs/concepts/security/#implicit-enablement
 */
export function evaluateAccess(
  policies: readonly PlacedPolicy[],
  request: AccessRequest,
  /** What the external authorizer says; 'asked' is the result where it matters and is not given. */
  authorizer?: 'allows' | 'denies',
): AccessVerdict {
  const of = (action: string): PlacedPolicy[] => policies.filter(({ spec }) => (spec.action ?? 'ALLOW') === action);
  if (of('CUSTOM').some((policy) => policyMatches(policy, request)) && authorizer !== 'allows') {
    return authorizer === 'denies' ? 'denied' : 'asked';
  }
  if (of('DENY').some((policy) => policyMatches(policy, request))) return 'denied';
  const allowing = of('ALLOW');
  if (allowing.length === 0) return 'allowed';
  return allowing.some((policy) => policyMatches(policy, request)) ? 'allowed' : 'denied';
}
