import { suggestion, type ApiCode } from '../../findings';
import {
  fields,
  type Fields,
  has,
  hasItems,
  isLabel,
  isLate,
  isSet,
  list,
  message,
  numeric,
  text,
  type Place,
  below,
  placeOf,
} from '../../json';
import { shown } from '../issue-collector';
import { isIpAddress } from './ip-address';
import { checkNamespacedHost } from './namespaced-host';
import { checkPort } from './number-rules';
import { checkUnixAddress, isUnixAddress } from './port-rules';
import { isHttp, isKnownProtocol, isTls, PROTOCOLS } from './protocol';
import { checkServerTls } from './server-tls';
import type { KindRules, RuleContext } from './rule-context';

/** Reports what is wrong with the port; true when nothing is. */
function checkServerPort(server: Fields, at: Place, context: RuleContext): boolean {
  const port = message(server['port']);
  if (port === undefined) {
    context.error(at, server['port'], 'missing-field', 'A server needs a port.');
    return false;
  }
  let isGood = true;
  const error = (field: string, given: unknown, code: ApiCode, words: string): void => {
    isGood = false;
    context.error(below(at, 'port', field), given, code, words);
  };
  const protocol = text(port['protocol']);
  if (!isKnownProtocol(protocol)) {
    error(
      'protocol',
      port['protocol'],
      'unknown-value',
      `${shown(protocol)} is not a protocol. ${suggestion(protocol, PROTOCOLS)}`,
    );
  }
  const number = numeric(port['number']);
  if (number !== undefined && (number > 0 || !isUnixAddress(text(server['bind']))) && (number < 1 || number > 65535)) {
    isGood = false;
    checkPort(port['number'], below(at, 'port', 'number'), context);
  }
  if (numeric(port['targetPort']) !== 0) {
    error('targetPort', port['targetPort'], 'not-supported', 'A target port has no effect on a Gateway.');
  }
  if (text(port['name']) === '') error('name', port['name'], 'missing-field', 'A port needs a name.');
  return isGood;
}

function checkTlsFits(server: Fields, at: Place, context: RuleContext): void {
  const protocol = text(fields(server['port'])['protocol']);
  const tls = message(server['tls']);
  if (isLate(protocol)) return;
  if (isTls(protocol)) {
    if (!has(server['tls'])) {
      context.error(at, undefined, 'tls-settings', `A server of protocol ${protocol} needs "tls".`);
    }
    return;
  }
  if (tls === undefined) return;
  const mode = text(tls['mode']);
  const isPassedOn = mode === '' || mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';
  const hasFiles = ['serverCertificate', 'privateKey', 'caCertificates'].some((field) => isSet(tls[field]));
  if (!isHttp(protocol)) {
    context.error(
      below(at, 'tls'),
      tls['mode'],
      'tls-settings',
      `A server of protocol ${protocol} has no TLS.`,
      'Use protocol HTTPS or TLS.',
    );
  } else if (!isPassedOn || hasFiles) {
    context.error(
      below(at, 'tls'),
      tls['mode'],
      'tls-settings',
      `A server of protocol ${protocol} may only redirect to TLS.`,
      'Use protocol HTTPS.',
    );
  }
}

function checkServer(value: unknown, at: Place, context: RuleContext): void {
  const server = fields(value);
  if (!hasItems(server['hosts']))
    context.error(at, server['hosts'], 'missing-field', 'A server needs at least one host.');
  for (const [index, host] of list(server['hosts']).entries()) {
    checkNamespacedHost(text(host), 'Gateway', below(at, 'hosts', index), context);
  }
  const hasGoodPort = checkServerPort(server, at, context);
  const bind = text(server['bind']);
  if (isUnixAddress(bind)) {
    checkUnixAddress(bind, below(at, 'bind'), context);
    const number = numeric(fields(server['port'])['number']);
    if (number !== undefined && number !== 0) {
      context.error(
        below(at, 'port', 'number'),
        number,
        'exclusive-fields',
        'A server on a unix socket has port number 0.',
      );
    }
  } else if (bind !== '' && !isIpAddress(bind)) {
    context.error(
      below(at, 'bind'),
      bind,
      'invalid-address',
      `${shown(bind)} is neither an IP address nor a unix socket.`,
    );
  }
  checkServerTls(server['tls'], below(at, 'tls'), context);
  if (hasGoodPort) checkTlsFits(server, at, context);
}

/** True for what Istio makes of a Gateway API Gateway. */
const isOfGatewayApi = (context: RuleContext): boolean =>
  context.annotations['internal.istio.io/gateway-semantics'] === 'gateway';

/** Istio's rules of a Gateway. */
export const checkGateway: KindRules = (spec, context) => {
  if (!isLabel(context.name) && !isOfGatewayApi(context)) {
    context.error(
      placeOf('metadata', 'name'),
      context.name,
      'invalid-name-form',
      `The name of a Gateway is a DNS label, without dots, but it is ${shown(context.name)}.`,
    );
  }
  const servers = list(spec['servers']);
  if (!hasItems(spec['servers']))
    context.error(placeOf('spec'), spec['servers'], 'missing-field', 'A Gateway needs at least one server.');
  const names = new Set<string>();
  for (const [index, item] of servers.entries()) {
    const at = placeOf('spec', 'servers', index);
    checkServer(item, at, context);
    const port = message(fields(item)['port']);
    if (port === undefined) continue;
    const name = text(port['name']);
    if (names.has(name))
      context.error(
        below(at, 'port', 'name'),
        name,
        'duplicate-item',
        `The port name ${shown(name)} is taken by another server.`,
      );
    names.add(name);
    if (fields(fields(item)['tls'])['httpsRedirect'] === true && !isHttp(text(port['protocol']))) {
      context.warning(
        below(at, 'tls', 'httpsRedirect'),
        port['protocol'],
        'tls-settings',
        'Only a server of protocol HTTP redirects to HTTPS.',
      );
    }
  }
};
