import { checkClientTls } from './client-tls';
import { checkConnectionPool } from './connection-pool';
import { fqdnProblem } from './host-name';
import { isIpAddress } from './ip-address';
import { checkLocality } from './locality';
import { checkDuration, checkPercent, checkPort } from './number-rules';
import { fields, has, isSet, list, message, numeric, text, type Place, below } from '../../json';
import { checkPart, withoutWarnings, type RuleContext } from './rule-context';
import { shown } from '../issue-collector';

const PORT_FIELDS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const POLICY_FIELDS = [...PORT_FIELDS, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'];

function isPrime(number: number): boolean {
  if (number < 2) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}

const MAGLEV_MOST = 5000011;

function checkConsistentHash(value: unknown, at: Place, context: RuleContext): void {
  const hash = message(value);
  if (hash === undefined) return;
  const cookie = message(hash['httpCookie']);
  if (cookie !== undefined) {
    if (text(cookie['name']) === '')
      context.error(below(at, 'httpCookie', 'name'), cookie['name'], 'missing-field', 'A cookie needs a name.');
    const names = new Set<string>();
    for (const [index, item] of list(cookie['attributes']).entries()) {
      const name = text(fields(item)['name']);
      const place = below(below(at, 'httpCookie', 'attributes', index), 'name');
      if (name === '') context.error(place, fields(item)['name'], 'missing-field', 'A cookie attribute needs a name.');
      else if (names.has(name))
        context.error(place, name, 'duplicate-item', `The attribute ${shown(name)} is there already.`);
      names.add(name);
    }
  }
  const maglev = message(hash['maglev']);
  if (numeric(hash['minimumRingSize']) !== 0) {
    if (has(hash['ringHash']) || maglev !== undefined) {
      context.error(
        below(at, 'minimumRingSize'),
        hash['minimumRingSize'],
        'exclusive-fields',
        '"minimumRingSize" excludes "ringHash" and "maglev".',
      );
    } else {
      context.warning(
        below(at, 'minimumRingSize'),
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
    context.error(
      below(at, 'maglev', 'tableSize'),
      size,
      'out-of-range',
      `A Maglev table has a prime number of entries below ${MAGLEV_MOST}, not ${size}.`,
    );
  }
}

function checkLoadBalancer(value: unknown, hasOutlierDetection: boolean, at: Place, context: RuleContext): void {
  const balancer = message(value);
  if (balancer === undefined) return;
  checkConsistentHash(balancer['consistentHash'], below(at, 'consistentHash'), context);
  checkLocality(balancer['localityLbSetting'], hasOutlierDetection, below(at, 'localityLbSetting'), context);
  const warmup = message(balancer['warmup']);
  if (warmup === undefined) return;
  if (!has(warmup['duration']))
    context.error(below(at, 'warmup'), undefined, 'missing-field', 'A warmup needs a duration.');
  checkDuration(warmup['duration'], below(at, 'warmup', 'duration'), context);
  const minimum = numeric(warmup['minimumPercent']);
  if (minimum !== undefined && minimum > 100) {
    context.error(
      below(at, 'warmup', 'minimumPercent'),
      minimum,
      'out-of-range',
      `${minimum} is not a percentage; 0 to 100 are.`,
    );
  }
  const aggression = numeric(warmup['aggression']);
  if (has(warmup['aggression']) && aggression !== undefined && aggression < 1) {
    context.error(
      below(at, 'warmup', 'aggression'),
      aggression,
      'out-of-range',
      `An aggression of 1 or more is allowed, not ${aggression}.`,
    );
  }
}

function checkOutlierDetection(value: unknown, at: Place, context: RuleContext): void {
  const outlier = message(value);
  if (outlier === undefined) return;
  checkDuration(outlier['interval'], below(at, 'interval'), context);
  checkDuration(outlier['baseEjectionTime'], below(at, 'baseEjectionTime'), context);
  if (numeric(outlier['consecutiveErrors']) !== 0) {
    context.warning(
      below(at, 'consecutiveErrors'),
      outlier['consecutiveErrors'],
      'deprecated-field',
      '"consecutiveErrors" is deprecated.',
      'Use consecutive5xxErrors or consecutiveGatewayErrors.',
    );
  }
  const local = numeric(outlier['consecutiveLocalOriginFailures']);
  if (local !== undefined && local > 0 && outlier['splitExternalLocalOriginErrors'] !== true) {
    context.error(
      below(at, 'consecutiveLocalOriginFailures'),
      outlier['splitExternalLocalOriginErrors'],
      'missing-field',
      '"consecutiveLocalOriginFailures" needs splitExternalLocalOriginErrors: true.',
    );
  }
  checkPercent(outlier['maxEjectionPercent'], below(at, 'maxEjectionPercent'), context);
  checkPercent(outlier['minHealthPercent'], below(at, 'minHealthPercent'), context);
}

function checkTunnel(value: unknown, at: Place, context: RuleContext): void {
  const tunnel = message(value);
  if (tunnel === undefined) return;
  const { protocol, targetHost, targetPort } = tunnel;
  if (isSet(protocol) && protocol !== 'CONNECT' && protocol !== 'POST') {
    context.error(
      below(at, 'protocol'),
      protocol,
      'unknown-value',
      `${shown(protocol)} is not a tunnel protocol; "CONNECT" and "POST" are.`,
    );
  }
  const host = text(targetHost);
  const problem = fqdnProblem(host);
  if (problem !== undefined && !isIpAddress(host)) {
    context.error(
      below(at, 'targetHost'),
      targetHost,
      'invalid-host',
      `${shown(host)} is neither a host name nor an IP address: ${problem}.`,
    );
  }
  checkPort(targetPort, below(at, 'targetPort'), context);
}

function checkParts(policy: Readonly<Record<string, unknown>>, at: Place, context: RuleContext): void {
  const hasOutlierDetection = has(policy['outlierDetection']);
  checkPart(policy, 'outlierDetection', at, context, checkOutlierDetection);
  checkPart(policy, 'connectionPool', at, context, checkConnectionPool);
  if (has(policy['loadBalancer'])) {
    checkLoadBalancer(policy['loadBalancer'], hasOutlierDetection, below(at, 'loadBalancer'), context);
  }
  checkPart(policy, 'tls', at, context, checkClientTls);
}

/** Rules of a traffic policy, of the whole host or of a subset. */
export function checkTrafficPolicy(value: unknown, at: Place, context: RuleContext): void {
  const policy = message(value);
  if (policy === undefined) return;
  if (
    !POLICY_FIELDS.some((field) => (Array.isArray(policy[field]) ? list(policy[field]).length > 0 : has(policy[field])))
  ) {
    context.error(at, value, 'missing-field', 'A traffic policy needs at least one field.');
  }
  if (has(policy['tunnel']) && has(policy['proxyProtocol'])) {
    context.error(
      below(at, 'proxyProtocol'),
      undefined,
      'exclusive-fields',
      '"tunnel" and "proxyProtocol" exclude each other.',
    );
  }
  checkParts(policy, at, context);
  checkPart(policy, 'tunnel', at, context, checkTunnel);
  for (const [index, item] of list(policy['portLevelSettings']).entries()) {
    const place = below(at, 'portLevelSettings', index);
    const port = fields(item);
    if (!has(port['port'])) context.error(place, item, 'missing-field', 'A policy for a port needs "port".');
    if (!PORT_FIELDS.some((field) => has(port[field]))) {
      context.error(place, item, 'missing-field', 'A traffic policy needs at least one field.');
    }
    checkParts(port, place, withoutWarnings(context));
  }
}
