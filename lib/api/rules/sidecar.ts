import { shown } from '../issue-collector';
import { checkConnectionPool } from './connection-pool';
import { checkFqdn } from './host-name';
import { isIpAddress } from './ip-address';
import { checkSelector } from './labels';
import { checkNamespacedHost } from './namespaced-host';
import { checkPort } from './number-rules';
import { checkPortName, checkProtocol, checkUnixAddress, isUnixAddress } from './port-rules';
import { isHttp, isTls } from './protocol';
import {
  fields,
  has,
  hasItems,
  isLabel,
  isSet,
  list,
  message,
  numeric,
  text,
  type Fields,
  type Place,
  placeOf,
  below,
} from '../../json';
import { checkServerTls } from './server-tls';
import type { KindRules, RuleContext } from './rule-context';

function checkBind(bind: string, at: Place, context: RuleContext): void {
  if (bind !== '' && !isIpAddress(bind))
    context.error(at, bind, 'invalid-address', `${shown(bind)} is not an IP address.`);
}

function checkDefaultEndpoint(endpoint: string, at: Place, context: RuleContext): void {
  if (isUnixAddress(endpoint)) {
    checkUnixAddress(endpoint, at, context);
    return;
  }
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(endpoint);
  const host = match?.[1] ?? match?.[2] ?? '';
  if (match === null || !['', '127.0.0.1', '0.0.0.0', '::1', '::'].includes(host)) {
    context.error(
      at,
      endpoint,
      'invalid-address',
      `${shown(endpoint)} is not an endpoint of the pod: write 127.0.0.1:PORT, 0.0.0.0:PORT, [::1]:PORT, [::]:PORT or unix:///path.`,
    );
    return;
  }
  const port = match[3] ?? '';
  if (!/^[-+]?\d+$/.test(port)) context.error(at, endpoint, 'invalid-address', `"${port}" is not a port number.`);
  else checkPort(Number(port), at, context);
}

function checkIngressTls(value: unknown, protocol: string, at: Place, context: RuleContext): void {
  const tls = message(value);
  if (tls === undefined) return;
  const error = (given: unknown, words: string): void => {
    context.error(at, given, 'tls-settings', words);
  };
  if (!isTls(protocol)) error(protocol, `A port of protocol ${protocol === '' ? '(none)' : protocol} has no TLS.`);
  const mode = text(tls['mode']);
  if (mode === 'ISTIO_MUTUAL' || mode === 'AUTO_PASSTHROUGH') error(mode, `${mode} is not for sidecars.`);
  if (tls['httpsRedirect'] === true) error(undefined, 'A sidecar does not redirect to HTTPS.');
  if (isSet(tls['credentialName']) || hasItems(tls['credentialNames'])) {
    error(tls['credentialName'], 'A sidecar reads certificates from files, not from credentials.');
  }
  if (hasItems(tls['subjectAltNames'])) error(undefined, 'A sidecar does not verify subject names.');
  checkServerTls(tls, at, context);
}

function checkIngress(spec: Fields, context: RuleContext): void {
  const numbers = new Set<number>();
  for (const [index, item] of list(spec['ingress']).entries()) {
    const at = placeOf('spec', 'ingress', index);
    const listener = fields(item);
    const port = message(listener['port']);
    if (port === undefined) {
      context.error(at, listener['port'], 'missing-field', 'An ingress listener needs a port.');
      continue;
    }
    const protocol = text(port['protocol']);
    if (numeric(port['targetPort']) !== 0) {
      context.error(
        below(at, 'port', 'targetPort'),
        port['targetPort'],
        'not-supported',
        'A target port has no effect on a Sidecar.',
      );
    }
    if (isSet(port['name'])) checkPortName(text(port['name']), below(at, 'port', 'name'), context);
    checkProtocol(port['protocol'], below(at, 'port', 'protocol'), context);
    checkPort(port['number'], below(at, 'port', 'number'), context);
    checkBind(text(listener['bind']), below(at, 'bind'), context);
    const number = numeric(port['number']);
    if (number !== undefined) {
      if (numbers.has(number))
        context.error(
          below(at, 'port', 'number'),
          number,
          'duplicate-item',
          `There is a listener of port ${number} already.`,
        );
      numbers.add(number);
    }
    if (isSet(listener['defaultEndpoint'])) {
      checkDefaultEndpoint(text(listener['defaultEndpoint']), below(at, 'defaultEndpoint'), context);
    }
    checkIngressTls(listener['tls'], protocol, below(at, 'tls'), context);
    checkConnectionPool(listener['connectionPool'], below(at, 'connectionPool'), context);
    if (has(fields(listener['connectionPool'])['http']) && !isHttp(protocol)) {
      context.warning(
        below(at, 'connectionPool', 'http'),
        protocol,
        'http-pool-on-tcp',
        'HTTP settings of a connection pool have no effect on a port of another protocol.',
      );
    }
  }
}

function checkEgressPort(listener: Fields, port: Fields, at: Place, context: RuleContext): void {
  const bind = text(listener['bind']);
  if (isSet(port['name'])) checkPortName(text(port['name']), below(at, 'port', 'name'), context);
  if (numeric(port['number']) === 0) {
    if (bind === '')
      context.error(
        below(at, 'port'),
        listener['bind'],
        'missing-field',
        'A listener without port number needs a unix socket in "bind".',
      );
    else checkUnixAddress(bind, below(at, 'bind'), context);
    const mode = text(listener['captureMode']);
    if (mode !== '' && mode !== 'DEFAULT' && mode !== 'NONE') {
      context.error(
        below(at, 'captureMode'),
        mode,
        'unknown-value',
        `A unix socket cannot be captured by ${mode}.`,
        'Use DEFAULT or NONE.',
      );
    }
    return;
  }
  checkProtocol(port['protocol'], below(at, 'port', 'protocol'), context);
  checkPort(port['number'], below(at, 'port', 'number'), context);
  checkBind(bind, below(at, 'bind'), context);
}

function checkEgressHosts(listener: Fields, at: Place, context: RuleContext): void {
  const hosts = list(listener['hosts']).map(text);
  if (!hasItems(listener['hosts']))
    context.error(at, listener['hosts'], 'missing-field', 'An egress listener needs at least one host.');
  const seen = new Map<string, Set<string>>();
  for (const [index, host] of hosts.entries()) {
    const place = below(at, 'hosts', index);
    checkNamespacedHost(host, 'Sidecar', place, context);
    const slash = host.indexOf('/');
    if (slash < 0) continue;
    const namespace = host.startsWith('./') ? (context.namespace ?? '') : host.slice(0, slash);
    const names = seen.get(namespace) ?? new Set<string>();
    const name = host.slice(slash + 1);
    if (name === '*' ? names.size > 0 : names.has(name) || names.has('*')) {
      context.warning(place, host, 'duplicate-item', `${shown(host)} is selected already.`);
    }
    names.add(name);
    seen.set(namespace, names);
  }
  if (seen.get('*')?.has('*') === true && hosts.length > 1) {
    context.warning(
      below(at, 'hosts'),
      undefined,
      'duplicate-item',
      '"*/*" selects everything; other hosts add nothing.',
    );
  }
}

function checkEgress(spec: Fields, context: RuleContext): void {
  const listeners = list(spec['egress']);
  const taken = new Set<string>();
  for (const [index, item] of listeners.entries()) {
    const at = placeOf('spec', 'egress', index);
    const listener = fields(item);
    const port = message(listener['port']);
    if (port === undefined) {
      if (!has(listener['port']) && index < listeners.length - 1) {
        context.error(
          at,
          undefined,
          'catch-all-not-last',
          'The listener without a port takes the rest, so it is the last one.',
        );
      }
    } else {
      if (numeric(port['targetPort']) !== 0) {
        context.error(
          below(at, 'port', 'targetPort'),
          port['targetPort'],
          'not-supported',
          'A target port has no effect on a Sidecar.',
        );
      }
      checkEgressPort(listener, port, at, context);
      const number = numeric(port['number']);
      const key = number === 0 ? text(listener['bind']) : String(number);
      if (number !== undefined && taken.has(key)) {
        context.error(
          below(at, 'port'),
          number === 0 ? listener['bind'] : number,
          'duplicate-item',
          `There is a listener of ${key} already.`,
        );
      }
      taken.add(key);
    }
    checkEgressHosts(listener, at, context);
  }
}

function checkOutbound(value: unknown, context: RuleContext): void {
  const policy = message(value);
  const proxy = message(policy?.['egressProxy']);
  if (proxy === undefined) return;
  const at = placeOf('spec', 'outboundTrafficPolicy', 'egressProxy');
  const mode = text(policy?.['mode']);
  if (mode !== 'ALLOW_ANY') {
    context.error(at, policy?.['mode'], 'exclusive-fields', 'An egress proxy is only for mode ALLOW_ANY.');
  }
  checkFqdn(text(proxy['host']), below(at, 'host'), context);
  const subset = text(proxy['subset']);
  if (subset !== '' && !isLabel(subset))
    context.error(below(at, 'subset'), subset, 'invalid-name-form', `${shown(subset)} is not a name of a subset.`);
  if (!has(proxy['port'])) context.error(at, undefined, 'missing-field', 'An egress proxy needs a port.');
  else checkPort(fields(proxy['port'])['number'], below(at, 'port', 'number'), context);
}

/** Istio's rules of a Sidecar. */
export const checkSidecar: KindRules = (spec, context) => {
  checkSelector(spec['workloadSelector'], 'labels', placeOf('spec', 'workloadSelector'), context);
  const isEmpty =
    !hasItems(spec['egress']) &&
    !hasItems(spec['ingress']) &&
    !has(spec['outboundTrafficPolicy']) &&
    !has(spec['inboundConnectionPool']);
  if (isEmpty)
    context.error(
      placeOf('spec'),
      undefined,
      'missing-field',
      'A Sidecar needs "ingress", "egress", "outboundTrafficPolicy" or "inboundConnectionPool".',
    );
  checkIngress(spec, context);
  checkConnectionPool(spec['inboundConnectionPool'], placeOf('spec', 'inboundConnectionPool'), context);
  checkEgress(spec, context);
  checkOutbound(spec['outboundTrafficPolicy'], context);
};
