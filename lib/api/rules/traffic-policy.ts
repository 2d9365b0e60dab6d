import { checkClientTls } from './client-tls';
import { checkConnectionPool } from './connection-pool';
import { fqdnProblem } from './host-name';
import { isIpAddress } from './ip-address';
import { checkLocality } from './locality';
import { checkDuration, checkPercent, checkPort } from './number-rules';
import { fields, has, isSet, list, message, numeric, text } from '../../json';
import { checkPart, withoutWarnings, type Webhook } from './webhook';
import { shown } from '../issue-collector';

const PORT_FIELDS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const POLICY_FIELDS = [...PORT_FIELDS, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'];

function isPrime(number: number): boolean {
  if (number < 2) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}

const MAGLEV_MOST = 5000011;

function checkConsistentHash(value: unknown, at: string, webhook: Webhook): void {
  const hash = message(value);
  if (hash === undefined) return;
  const cookie = message(hash['httpCookie']);
  if (cookie !== undefined) {
    if (text(cookie['name']) === '')
      webhook.error(`${at}.httpCookie.name`, cookie['name'], 'missing-field', 'A cookie needs a name.');
    const names = new Set<string>();
    for (const [index, item] of list(cookie['attributes']).entries()) {
      const name = text(fields(item)['name']);
      const place = `${at}.httpCookie.attributes[${index}].name`;
      if (name === '') webhook.error(place, fields(item)['name'], 'missing-field', 'A cookie attribute needs a name.');
      else if (names.has(name))
        webhook.error(place, name, 'duplicate-item', `The attribute ${shown(name)} is there already.`);
      names.add(name);
    }
  }
  const maglev = message(hash['maglev']);
  if (numeric(hash['minimumRingSize']) !== 0) {
    if (has(hash['ringHash']) || maglev !== undefined) {
      webhook.error(
        `${at}.minimumRingSize`,
        hash['minimumRingSize'],
        'exclusive-fields',
        '"minimumRingSize" excludes "ringHash" and "maglev".',
      );
    } else {
      webhook.warning(
        `${at}.minimumRingSize`,
        hash['minimumRingSize'],
        'deprecated-field',
        '"minimumRingSize" is deprecated.',
        'Use ringHash.minimumRingSize.',
      );
    }
  }
  const size = maglev === undefined ? undefined : numeric(maglev['tableSize']);
  if (size === undefined) return;
  if (!isPrime(size) || size >= MAGLEV_MOST) {
    webhook.error(
      `${at}.maglev.tableSize`,
      size,
      'out-of-range',
      `A Maglev table has a prime number of entries below ${MAGLEV_MOST}, not ${size}.`,
    );
  }
}

function checkLoadBalancer(value: unknown, hasOutlierDetection: boolean, at: string, webhook: Webhook): void {
  const balancer = message(value);
  if (balancer === undefined) return;
  checkConsistentHash(balancer['consistentHash'], `${at}.consistentHash`, webhook);
  checkLocality(balancer['localityLbSetting'], hasOutlierDetection, `${at}.localityLbSetting`, webhook);
  const warmup = message(balancer['warmup']);
  if (warmup === undefined) return;
  if (!has(warmup['duration'])) webhook.error(`${at}.warmup`, undefined, 'missing-field', 'A warmup needs a duration.');
  checkDuration(warmup['duration'], `${at}.warmup.duration`, webhook);
  const minimum = numeric(warmup['minimumPercent']);
  if (minimum !== undefined && minimum > 100) {
    webhook.error(`${at}.warmup.minimumPercent`, minimum, 'out-of-range', `${minimum} is no percentage; 0 to 100 are.`);
  }
  const aggression = numeric(warmup['aggression']);
  if (has(warmup['aggression']) && aggression !== undefined && aggression < 1) {
    webhook.error(
      `${at}.warmup.aggression`,
      aggression,
      'out-of-range',
      `An aggression of 1 or more is allowed, not ${aggression}.`,
    );
  }
}

function checkOutlierDetection(value: unknown, at: string, webhook: Webhook): void {
  const outlier = message(value);
  if (outlier === undefined) return;
  checkDuration(outlier['interval'], `${at}.interval`, webhook);
  checkDuration(outlier['baseEjectionTime'], `${at}.baseEjectionTime`, webhook);
  if (numeric(outlier['consecutiveErrors']) !== 0) {
    webhook.warning(
      `${at}.consecutiveErrors`,
      outlier['consecutiveErrors'],
      'deprecated-field',
      '"consecutiveErrors" is deprecated.',
      'Use consecutive5xxErrors or consecutiveGatewayErrors.',
    );
  }
  const local = numeric(outlier['consecutiveLocalOriginFailures']);
  if (local !== undefined && local > 0 && outlier['splitExternalLocalOriginErrors'] !== true) {
    webhook.error(
      `${at}.consecutiveLocalOriginFailures`,
      outlier['splitExternalLocalOriginErrors'],
      'missing-field',
      '"consecutiveLocalOriginFailures" needs splitExternalLocalOriginErrors: true.',
    );
  }
  checkPercent(outlier['maxEjectionPercent'], `${at}.maxEjectionPercent`, webhook);
  checkPercent(outlier['minHealthPercent'], `${at}.minHealthPercent`, webhook);
}

function checkTunnel(value: unknown, at: string, webhook: Webhook): void {
  const tunnel = message(value);
  if (tunnel === undefined) return;
  const { protocol, targetHost, targetPort } = tunnel;
  if (isSet(protocol) && protocol !== 'CONNECT' && protocol !== 'POST') {
    webhook.error(
      `${at}.protocol`,
      protocol,
      'unknown-value',
      `${shown(protocol)} is no tunnel protocol; "CONNECT" and "POST" are.`,
    );
  }
  const host = text(targetHost);
  const problem = fqdnProblem(host);
  if (problem !== undefined && !isIpAddress(host)) {
    webhook.error(
      `${at}.targetHost`,
      targetHost,
      'invalid-host',
      `${shown(host)} is neither a host name nor an IP address: ${problem}.`,
    );
  }
  checkPort(targetPort, `${at}.targetPort`, webhook);
}

function checkParts(policy: Readonly<Record<string, unknown>>, at: string, webhook: Webhook): void {
  const hasOutlierDetection = has(policy['outlierDetection']);
  checkPart(policy, 'outlierDetection', at, webhook, checkOutlierDetection);
  checkPart(policy, 'connectionPool', at, webhook, checkConnectionPool);
  if (has(policy['loadBalancer'])) {
    checkLoadBalancer(policy['loadBalancer'], hasOutlierDetection, `${at}.loadBalancer`, webhook);
  }
  checkPart(policy, 'tls', at, webhook, checkClientTls);
}

/** Rules of a traffic policy, of the whole host or of a subset. */
export function checkTrafficPolicy(value: unknown, at: string, webhook: Webhook): void {
  const policy = message(value);
  if (policy === undefined) return;
  if (
    !POLICY_FIELDS.some((field) => (Array.isArray(policy[field]) ? list(policy[field]).length > 0 : has(policy[field])))
  ) {
    webhook.error(at, value, 'missing-field', 'A traffic policy needs at least one field.');
  }
  if (has(policy['tunnel']) && has(policy['proxyProtocol'])) {
    webhook.error(
      `${at}.proxyProtocol`,
      undefined,
      'exclusive-fields',
      '"tunnel" and "proxyProtocol" exclude each other.',
    );
  }
  checkParts(policy, at, webhook);
  checkPart(policy, 'tunnel', at, webhook, checkTunnel);
  for (const [index, item] of list(policy['portLevelSettings']).entries()) {
    const place = `${at}.portLevelSettings[${index}]`;
    const port = fields(item);
    if (!has(port['port'])) webhook.error(place, item, 'missing-field', 'A policy for a port needs "port".');
    if (!PORT_FIELDS.some((field) => has(port[field]))) {
      webhook.error(place, item, 'missing-field', 'A traffic policy needs at least one field.');
    }
    checkParts(port, place, withoutWarnings(webhook));
  }
}
