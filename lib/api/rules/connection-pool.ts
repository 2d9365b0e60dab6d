import { durationNanoseconds, fields, has, message, text } from '../../json';
import { checkDuration, checkNotNegative } from './number-rules';
import { checkPart, type Webhook } from './webhook';

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
    for (const field of HTTP_NUMBERS) checkPart(http, field, `${at}.http`, webhook, checkNotNegative);
    checkPart(http, 'idleTimeout', `${at}.http`, webhook, checkDuration);
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
  checkPart(tcp, 'maxConnections', `${at}.tcp`, webhook, checkNotNegative);
  for (const field of ['connectTimeout', 'maxConnectionDuration'] as const) {
    checkPart(tcp, field, `${at}.tcp`, webhook, checkDuration);
  }
  // Below a millisecond it counts as zero, which turns the timeout off.
  const idle = durationNanoseconds(text(tcp['idleTimeout']));
  if (idle !== undefined && (idle >= MILLISECOND || idle <= -MILLISECOND)) {
    checkDuration(tcp['idleTimeout'], `${at}.tcp.idleTimeout`, webhook);
  }
  const keepalive = fields(tcp['tcpKeepalive']);
  for (const field of ['time', 'interval'] as const) {
    checkPart(keepalive, field, `${at}.tcp.tcpKeepalive`, webhook, checkDuration);
  }
}
