import { durationNanoseconds } from '../duration';
import { checkDuration, checkNotNegative } from './number-rules';
import { fields, has, message, text } from './read';
import type { Webhook } from './webhook';

const MILLISECOND = 1_000_000n;
const HTTP_NUMBERS = [
  'http1MaxPendingRequests',
  'http2MaxRequests',
  'maxRequestsPerConnection',
  'maxRetries',
  'maxConcurrentStreams',
];

/** Rules of a connection pool. */
export function checkConnectionPool(value: unknown, at: string, webhook: Webhook): void {
  const pool = message(value);
  if (pool === undefined) return;
  const http = message(pool['http']);
  const tcp = message(pool['tcp']);
  if (!has(pool['http']) && !has(pool['tcp'])) {
    webhook.error(at, value, 'missing-field', 'A connection pool needs "tcp", "http", or both.');
  }
  if (http !== undefined) {
    for (const field of HTTP_NUMBERS) checkNotNegative(http[field], `${at}.http.${field}`, webhook);
    checkDuration(http['idleTimeout'], `${at}.http.idleTimeout`, webhook);
    if (http['h2UpgradePolicy'] === 'UPGRADE' && http['useClientProtocol'] === true) {
      webhook.error(
        `${at}.http.useClientProtocol`,
        undefined,
        'exclusive-fields',
        '"useClientProtocol" and "h2UpgradePolicy" UPGRADE exclude each other.',
      );
    }
  }
  if (tcp === undefined) return;
  checkNotNegative(tcp['maxConnections'], `${at}.tcp.maxConnections`, webhook);
  for (const field of ['connectTimeout', 'maxConnectionDuration'] as const) {
    checkDuration(tcp[field], `${at}.tcp.${field}`, webhook);
  }
  // Below a millisecond it counts as zero, which turns the timeout off.
  const idle = durationNanoseconds(text(tcp['idleTimeout']));
  if (idle !== undefined && (idle >= MILLISECOND || idle <= -MILLISECOND)) {
    checkDuration(tcp['idleTimeout'], `${at}.tcp.idleTimeout`, webhook);
  }
  const keepalive = fields(tcp['tcpKeepalive']);
  for (const field of ['time', 'interval'] as const) {
    checkDuration(keepalive[field], `${at}.tcp.tcpKeepalive.${field}`, webhook);
  }
}
