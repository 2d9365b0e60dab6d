import type { ConnectionPoolSettings } from '../api';
import { lowerDestinationRule } from './lower-destination-rule';
import type { Contribution } from './contribution';
import type { Host } from './host';

/** Limits of one connection pool; absent where there is none. */
export interface PoolLimits {
  readonly connections?: number;
  readonly pendingRequests?: number;
  readonly requests?: number;
  readonly retries?: number;
  /** Requests one connection serves; the same for all clients together. */
  readonly requestsPerConnection?: number;
}

/** What the limits of a host come to for one version. */
export interface EffectiveLimits {
  /** The version; absent for requests that go to all pods of the host alike. */
  readonly version?: string;
  /** What one client proxy may hold at once. */
  readonly perClient: PoolLimits;
  /** What all clients together may hold at once. */
  readonly total: PoolLimits;
}

/** Absent and 0 both mean no limit. */
function limitsOf(pool: ConnectionPoolSettings | undefined): PoolLimits {
  const entries = {
    connections: pool?.tcp?.maxConnections,
    pendingRequests: pool?.http?.http1MaxPendingRequests,
    requests: pool?.http?.http2MaxRequests,
    retries: pool?.http?.maxRetries,
    requestsPerConnection: pool?.http?.maxRequestsPerConnection,
  };
  return Object.fromEntries(Object.entries(entries).filter(([, limit]) => limit !== undefined && limit !== 0));
}

/**
 * What the limits of a host really allow. Envoy counts per proxy and per cluster, and every version is a cluster of its
 * own: with three client pods and two versions, `maxConnections: 2` lets twelve connections through.
 *
 * @param clients number of pods that call the host, gateways included
 */
export function effectiveLimits(
  host: Host,
  contributions: readonly Contribution[],
  clients: number,
): readonly EffectiveLimits[] {
  const { spec } = lowerDestinationRule(host, contributions);
  const of = (version: string | undefined): EffectiveLimits => {
    const own = spec?.subsets?.find(({ name }) => name === version)?.trafficPolicy?.connectionPool;
    const perClient = limitsOf(own ?? spec?.trafficPolicy?.connectionPool);
    const total = Object.fromEntries(
      Object.entries(perClient).map(([name, limit]) => [
        name,
        name === 'requestsPerConnection' ? limit : Number(limit) * clients,
      ]),
    );
    return { ...(version === undefined ? {} : { version }), perClient, total };
  };
  return [of(undefined), ...host.versions.map(({ name }) => of(name))];
}
