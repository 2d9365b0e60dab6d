import type { EnvoyFilterSpec } from '../api';
import { attachmentOf, type PolicyTarget } from '../targets';

/** The proxies a patch is for, by the side of a request they are on. */
export type PatchContext = 'ANY' | 'SIDECAR_INBOUND' | 'SIDECAR_OUTBOUND' | 'GATEWAY';

type Json = Readonly<Record<string, unknown>>;

interface Where {
  /** @default 'ANY' */
  readonly context?: PatchContext;
}

interface ListenerWhere extends Where {
  /** Which listener, filter chain and filter; all when absent. */
  readonly listener?: Json;
}

interface RouteWhere extends Where {
  /** Which route configuration, virtual host and route; all when absent. */
  readonly routeConfiguration?: Json;
}

interface ClusterWhere extends Where {
  /** Which cluster; all when absent. */
  readonly cluster?: Json;
}

type Removal<Place extends string, W extends Where> = {
  readonly applyTo: Place;
  readonly operation: 'REMOVE';
  readonly value?: never;
} & W;

type Change<Place extends string, Operation extends string, W extends Where> = {
  readonly applyTo: Place;
  readonly operation: Operation;
  /** Envoy's configuration in JSON, with `@type` where Envoy asks for one. */
  readonly value: Json;
} & W;

type Insertion = 'INSERT_BEFORE' | 'INSERT_AFTER' | 'INSERT_FIRST';

/**
 * One change of Envoy's configuration. Only the operations that Istio carries out at a place compile there: it ignores ADD and
 * REMOVE of routes and route configurations, and REPLACE of anything but filters.
 */
export type EnvoyPatch =
  | Change<'HTTP_FILTER' | 'NETWORK_FILTER', 'MERGE' | 'ADD' | 'REPLACE' | Insertion, ListenerWhere>
  | Removal<'HTTP_FILTER' | 'NETWORK_FILTER', ListenerWhere>
  | Change<'LISTENER_FILTER', 'MERGE' | 'ADD' | Insertion, ListenerWhere>
  | Removal<'LISTENER_FILTER', ListenerWhere>
  | Change<'LISTENER' | 'FILTER_CHAIN', 'MERGE' | 'ADD', ListenerWhere>
  | Removal<'LISTENER' | 'FILTER_CHAIN', ListenerWhere>
  | Change<'ROUTE_CONFIGURATION', 'MERGE', RouteWhere>
  | Change<'VIRTUAL_HOST', 'MERGE' | 'ADD', RouteWhere>
  | Removal<'VIRTUAL_HOST', RouteWhere>
  | Change<'HTTP_ROUTE', 'MERGE' | Insertion, RouteWhere>
  | Change<'CLUSTER', 'MERGE' | 'ADD', ClusterWhere>
  | Removal<'CLUSTER', ClusterWhere>
  | Change<'EXTENSION_CONFIG', 'ADD', Where>
  | Change<'BOOTSTRAP', 'MERGE', Where>;

/** The EnvoyFilter of some patches. */
export function lowerPatches(target: PolicyTarget, patches: readonly EnvoyPatch[], priority?: number): EnvoyFilterSpec {
  const { selector, targetRefs } = attachmentOf(target);
  const spec = {
    ...(selector?.matchLabels === undefined ? {} : { workloadSelector: { labels: selector.matchLabels } }),
    ...(targetRefs === undefined ? {} : { targetRefs }),
    ...(priority === undefined ? {} : { priority }),
    configPatches: patches.map(({ applyTo, operation, value, ...match }) => ({
      applyTo,
      match: { context: match.context ?? 'ANY', ...match },
      patch: { operation, ...(value === undefined ? {} : { value }) },
    })),
  };
  return spec as unknown as EnvoyFilterSpec;
}

/** Where the HTTP filters of a proxy stand; in front of the router, which is the last. */
export const BEFORE_ROUTER: Json = {
  filterChain: {
    filter: { name: 'envoy.filters.network.http_connection_manager', subFilter: { name: 'envoy.filters.http.router' } },
  },
};
