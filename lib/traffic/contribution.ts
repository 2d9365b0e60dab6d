import type {
  ClientTLSSettings,
  ConnectionPoolSettings,
  CorsPolicy,
  Delegate,
  Headers,
  HTTPDirectResponse,
  HTTPFaultInjection,
  HTTPRedirect,
  HTTPRetry,
  HTTPRewrite,
  LoadBalancerSettings,
  OutlierDetection,
  TrafficPolicy,
} from '../api';
import type { Duration } from '../json';
import type { Host, ServiceVersion } from './host';
import type { MatchConditions } from './match';

/** A place outside the host's own versions: another service, or a gateway on the way. */
export interface OtherDestination {
  /** Fully qualified host name. */
  readonly host: string;
  readonly port: number;
  readonly subset?: string;
}

/** A share of the requests for one version; without a version, for all pods of the host. */
export interface WeightedVersion {
  readonly version?: string;
  /** Somewhere else altogether; `version` is left out then. */
  readonly destination?: OtherDestination;
  /** Percent; the weights of one split add up to 100. */
  readonly weight: number;
  /** Header changes for the requests and answers of this share alone. */
  readonly headers?: Headers;
}

/** Where copies of requests go, and of how many of them. */
export interface MirrorTarget {
  /** A version of the host; all pods alike when neither this nor `destination` is given. */
  readonly version?: string;
  readonly destination?: OtherDestination;
  /** Percent of the requests, fractions included. */
  readonly percent: number;
}

/** Settings of a route that leave open where its requests go. */
export interface RoutePolicy {
  readonly timeout?: Duration;
  readonly retries?: HTTPRetry;
  readonly fault?: HTTPFaultInjection;
  readonly mirrors?: readonly MirrorTarget[];
  readonly headers?: Headers;
  readonly corsPolicy?: CorsPolicy;
  readonly rewrite?: HTTPRewrite;
}

/** What a route does with a request. */
export type RouteAction =
  | { readonly kind: 'split'; readonly to: readonly WeightedVersion[] }
  | { readonly kind: 'redirect'; readonly redirect: HTTPRedirect }
  | { readonly kind: 'direct-response'; readonly directResponse: HTTPDirectResponse }
  | { readonly kind: 'delegate'; readonly delegate: Delegate };

/** Connections as a proxy sees them before it knows of any request. */
export interface ConnectionConditions {
  readonly port?: number;
  readonly destinationSubnets?: readonly string[];
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly sourceNamespace?: string;
  readonly gateways?: readonly string[];
}

interface Contributed {
  /** Path of the construct that wants it. */
  readonly origin: string;
  /** Name of the route in the output and in access logs; the construct's id. */
  readonly name: string;
}

/** Where requests go that no matched route takes. A host has one. */
export interface DefaultRoute extends Contributed {
  readonly kind: 'default';
  readonly to: readonly WeightedVersion[];
}

/** A route for the requests that match. */
export interface MatchedRoute extends Contributed {
  readonly kind: 'route';
  readonly match: readonly MatchConditions[];
  readonly action: RouteAction;
  readonly policy?: RoutePolicy;
}

/** Settings for every route of the host, or for the requests that match, wherever they go. */
export interface RouteSettings extends Contributed {
  readonly kind: 'settings';
  readonly match?: readonly MatchConditions[];
  readonly policy: RoutePolicy;
}

/** A route for connections: on a TCP port of the host, or by the server name a TLS client asks for. */
export interface ConnectionRoute extends Contributed {
  readonly kind: 'connection';
  readonly match: readonly ConnectionConditions[];
  /** Server names; absent for a TCP route. */
  readonly sniHosts?: readonly string[];
  readonly to: readonly WeightedVersion[];
}

/** A subset beside the versions the service declares. */
export interface AddedSubset extends Contributed {
  readonly kind: 'subset';
  readonly version: ServiceVersion;
}

/** The host's routing is made by somebody else in the cluster, who suffers no other owner. */
export interface ForeignOwner extends Contributed {
  readonly kind: 'foreign';
  /** Who: `Flagger`. */
  readonly owner: string;
}

/** The blocks of a traffic policy; each has one owner per scope. */
export interface TrafficBlocks {
  readonly connectionPool?: ConnectionPoolSettings;
  readonly outlierDetection?: OutlierDetection;
  readonly loadBalancer?: LoadBalancerSettings;
  readonly tls?: ClientTLSSettings;
  readonly tunnel?: TrafficPolicy['tunnel'];
  readonly proxyProtocol?: TrafficPolicy['proxyProtocol'];
  readonly retryBudget?: TrafficPolicy['retryBudget'];
}

/** How clients treat the connections to the host, to one version, or to one port. */
export interface TrafficSettings extends Contributed {
  readonly kind: 'traffic';
  readonly version?: string;
  readonly port?: number;
  readonly blocks: TrafficBlocks;
}

/** Anything a construct may want of a host. */
export type Contribution =
  DefaultRoute | MatchedRoute | RouteSettings | ConnectionRoute | TrafficSettings | AddedSubset | ForeignOwner;

/** Every target a contribution names, of splits and of mirrors. */
function targetsOf(one: Contribution): readonly { readonly version?: string }[] {
  switch (one.kind) {
    case 'default':
    case 'connection':
      return one.to;
    case 'route':
      return [...(one.action.kind === 'split' ? one.action.to : []), ...(one.policy?.mirrors ?? [])];
    case 'settings':
      return one.policy.mirrors ?? [];
    default:
      return [];
  }
}

/** True when the host needs a VirtualService for it. */
export function needsRoutes(one: Contribution): boolean {
  return one.kind === 'default' || one.kind === 'route' || one.kind === 'settings' || one.kind === 'connection';
}

/** True when the host needs a DestinationRule for it: a policy, or a version that must be a subset. */
export function needsSubsets(one: Contribution): boolean {
  return one.kind === 'traffic' || one.kind === 'subset' || targetsOf(one).some(({ version }) => version !== undefined);
}

/** The host with the subsets that were added to its versions. */
export function withSubsets(host: Host, contributions: readonly Contribution[]): Host {
  const added = contributions.flatMap((one) => (one.kind === 'subset' ? [one.version] : []));
  return added.length === 0 ? host : { ...host, versions: [...host.versions, ...added] };
}
