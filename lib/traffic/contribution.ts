import type {
  ClientTLSSettings,
  ConnectionPoolSettings,
  CorsPolicy,
  Delegate,
  Duration,
  Headers,
  HTTPDirectResponse,
  HTTPFaultInjection,
  HTTPMirrorPolicy,
  HTTPRedirect,
  HTTPRetry,
  HTTPRewrite,
  LoadBalancerSettings,
  OutlierDetection,
  TrafficPolicy,
} from '../api';
import type { MatchConditions } from './match';

/** A share of the requests for one version; without a version, for all pods of the host. */
export interface WeightedVersion {
  readonly version?: string;
  /** Percent; the weights of one split add up to 100. */
  readonly weight: number;
}

/** Settings of a route that leave open where its requests go. */
export interface RoutePolicy {
  readonly timeout?: Duration;
  readonly retries?: HTTPRetry;
  readonly fault?: HTTPFaultInjection;
  readonly mirrors?: readonly HTTPMirrorPolicy[];
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
export type Contribution = DefaultRoute | MatchedRoute | RouteSettings | TrafficSettings;
