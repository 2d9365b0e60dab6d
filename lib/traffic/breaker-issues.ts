import type { ConnectionPoolSettings, OutlierDetection } from '../api';
import type { Issue } from '../findings';
import type { TrafficSettings } from './contribution';

/**
 * Limits of which Istio takes 0 for none at all, and not for nothing. The 0 of `maxRequestsPerConnection` is no mistake: the
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

/** What of an ejection never happens, in a sentence with a way out. */
function idleEjection(ejection: OutlierDetection): { readonly message: string; readonly fix: string } | undefined {
  const { consecutive5xxErrors: errors = 5, consecutiveGatewayErrors: gatewayErrors = 0 } = ejection;
  if (errors === 0 && gatewayErrors === 0 && ejection.consecutiveLocalOriginFailures === undefined) {
    return {
      message: 'consecutive5xxErrors is 0 and consecutiveGatewayErrors is not set: nothing is ever ejected',
      fix: 'give one of them a number from 1',
    };
  }
  if (errors > 0 && gatewayErrors >= errors) {
    return {
      message: `consecutiveGatewayErrors ${gatewayErrors} never counts: they are 5xx errors too, and ${errors} of those are enough`,
      fix: `set it under ${errors}, or consecutive5xxErrors to 0`,
    };
  }
  return undefined;
}

/**
 * A breaker that does not do what its numbers say.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 */
export function breakerIssues({ blocks, origin }: TrafficSettings): Issue[] {
  const zeros = zeroLimits(blocks.connectionPool ?? {}).map((name): Issue => ({
    code: 'limit-of-zero',
    severity: 'error',
    origin,
    message: `${name} is 0, which Istio takes for no limit`,
    fix: 'give a number from 1, or leave it out for no limit',
  }));
  const idle = blocks.outlierDetection === undefined ? undefined : idleEjection(blocks.outlierDetection);
  return [
    ...zeros,
    ...(idle === undefined ? [] : [{ code: 'ejection-never-happens', severity: 'warning' as const, origin, ...idle }]),
  ];
}
