import { durationNanoseconds, fields, has, message, text, type Place, below } from '../../json';
import { checkDuration, checkNotNegative } from './number-rules';
import { checkPart, type RuleContext } from './rule-context';

const MILLISECOND = 1_000_000n;
const HTTP_NUMBERS = [
  'http1MaxPendingRequests',
  'http2MaxRequests',
  'maxRequestsPerConnection',
  'maxRetries',
  'maxConcurrentStreams',
];

/** Rules of a connection pool. */
export function checkConnectionPool(value: unknown, at: Place, context: RuleContext): void {
  const pool = message(value);
  if (pool === undefined) return;
  const http = message(pool['http']);
  const tcp = message(pool['tcp']);
  if (!has(pool['http']) && !has(pool['tcp'])) {
    context.error(at, value, 'missing-field', 'A connection pool needs "tcp", "http", or both.');
  }
  if (http !== undefined) {
    for (const field of HTTP_NUMBERS) checkPart(http, field, below(at, 'http'), context, checkNotNegative);
    checkPart(http, 'idleTimeout', below(at, 'http'), context, checkDuration);
    if (http['h2UpgradePolicy'] === 'UPGRADE' && http['useClientProtocol'] === true) {
      context.error(
        below(at, 'http', 'useClientProtocol'),
        undefined,
        'exclusive-fields',
        '"useClientProtocol" and "h2UpgradePolicy" UPGRADE exclude each other.',
      );
    }
  }
  if (tcp === undefined) return;
  checkPart(tcp, 'maxConnections', below(at, 'tcp'), context, checkNotNegative);
  for (const field of ['connectTimeout', 'maxConnectionDuration'] as const) {
    checkPart(tcp, field, below(at, 'tcp'), context, checkDuration);
  }
  // Below a millisecond it counts as zero, which turns the timeout off.
  const idle = durationNanoseconds(text(tcp['idleTimeout']));
  if (idle !== undefined && (idle >= MILLISECOND || idle <= -MILLISECOND)) {
    checkDuration(tcp['idleTimeout'], below(at, 'tcp', 'idleTimeout'), context);
  }
  const keepalive = fields(tcp['tcpKeepalive']);
  for (const field of ['time', 'interval'] as const) {
    checkPart(keepalive, field, below(at, 'tcp', 'tcpKeepalive'), context, checkDuration);
  }
}
