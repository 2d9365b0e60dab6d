import type { ConnectionPoolSettings, OutlierDetection } from '../../api';
import { found, type Issue } from '../../findings';
import type { TrafficSettings } from '../contribution';

/**
 * Limits of which Istio takes 0 for none at all, and not for nothing. The 0 of `maxRequestsPerConnection` is not a mistake: the
 * API itself calls it unlimited, and no connection could serve no requests.
 */
function zeroLimits({ tcp, http }: ConnectionPoolSettings): string[] {
  const limits = {
    maxConnections: tcp?.maxConnections,
    http1MaxPendingRequests: http?.http1MaxPendingRequests,
    http2MaxRequests: http?.http2MaxRequests,
    maxRetries: http?.maxRetries,
  };
  return Object.entries(limits).flatMap(([name, limit]) => (limit === 0 ? [name] : []));
}

function idleEjection(ejection: OutlierDetection, origin: string): Issue[] {
  const { consecutive5xxErrors: errors = 5, consecutiveGatewayErrors: gatewayErrors = 0 } = ejection;
  if (errors === 0 && gatewayErrors === 0 && ejection.consecutiveLocalOriginFailures === undefined) {
    return [found('ejection-off', {}, { origin })];
  }
  if (errors > 0 && gatewayErrors >= errors) {
    return [found('gateway-errors-never-count', { gatewayErrors, errors }, { origin })];
  }
  return [];
}

/**
 * A breaker that does not do what its numbers say.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 */
export function breakerIssues({ blocks, origin }: TrafficSettings): Issue[] {
  return [
    ...zeroLimits(blocks.connectionPool ?? {}).map((limit) => found('limit-of-zero', { limit }, { origin })),
    ...(blocks.outlierDetection === undefined ? [] : idleEjection(blocks.outlierDetection, origin)),
  ];
}
