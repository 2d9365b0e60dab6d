import { fields, type Fields, has, hasItems, isLate, list, numeric, text } from '../../json';
import { shown } from '../issue-collector';
import { checkExportTo } from './export-to';
import { checkWildcardDomain, fqdnProblem } from './host-name';
import { isIpOrCidr } from './ip-address';
import { checkSelector } from './labels';
import { hasPartialWildcard } from './namespaced-host';
import { checkPort } from './number-rules';
import { checkPortName, checkProtocol } from './port-rules';
import { isHttp, isTcp, isTls } from './protocol';
import type { KindRules, Webhook } from './webhook';
import { checkWorkload } from './workload-entry';

const DYNAMIC_PROTOCOLS = new Set(['http', 'http2', 'grpc', 'tls']);
const WAYPOINT = 'istio.io/use-waypoint';

function checkPorts(spec: Fields, webhook: Webhook): Set<string> {
  const names = new Set<string>();
  const numbers = new Set<number>();
  for (const [index, item] of list(spec['ports']).entries()) {
    const at = `spec.ports[${index}]`;
    const port = fields(item);
    const name = text(port['name']);
    const number = numeric(port['number']);
    if (names.has(name)) webhook.error(`${at}.name`, name, 'duplicate-item', `There is a port ${shown(name)} already.`);
    if (number !== undefined && numbers.has(number)) {
      webhook.error(`${at}.number`, number, 'duplicate-item', `There is a port ${number} already.`);
    }
    names.add(name);
    if (number !== undefined) numbers.add(number);
    checkPortName(name, `${at}.name`, webhook);
    checkProtocol(port['protocol'], `${at}.protocol`, webhook);
    checkPort(port['number'], `${at}.number`, webhook);
    if (numeric(port['targetPort']) !== 0) checkPort(port['targetPort'], `${at}.targetPort`, webhook);
  }
  return names;
}

function checkEndpoints(spec: Fields, ports: ReadonlySet<string>, isStatic: boolean, webhook: Webhook): void {
  for (const [index, endpoint] of list(spec['endpoints']).entries()) {
    checkWorkload(fields(endpoint), `spec.endpoints[${index}]`, webhook, {
      ports,
      takesNames: !isStatic,
      isLookedUp: !isStatic,
    });
  }
}

function checkDynamic(spec: Fields, webhook: Webhook): void {
  const hosts = list(spec['hosts']).map(text);
  if (!hosts.some((host) => host.startsWith('*') || isLate(host))) {
    webhook.error('spec.hosts', spec['hosts'], 'invalid-host', 'DYNAMIC_DNS needs at least one host with a wildcard.');
  }
  for (const field of ['addresses', 'endpoints'] as const) {
    if (hasItems(spec[field]))
      webhook.error(
        `spec.${field}`,
        undefined,
        'exclusive-fields',
        `DYNAMIC_DNS finds addresses by itself, so there is no "${field}".`,
      );
  }
  for (const [index, item] of list(spec['ports']).entries()) {
    const protocol = text(fields(item)['protocol']);
    if (!DYNAMIC_PROTOCOLS.has(protocol.toLowerCase())) {
      webhook.error(
        `spec.ports[${index}].protocol`,
        protocol,
        'unknown-value',
        `DYNAMIC_DNS is for HTTP, HTTP2, GRPC and TLS, not ${shown(protocol)}.`,
      );
    }
  }
  const waypoint = text(webhook.labels[WAYPOINT]);
  if (spec['location'] === 'MESH_INTERNAL' && waypoint !== '' && waypoint !== 'none') {
    webhook.error('spec.location', waypoint, 'not-supported', 'DYNAMIC_DNS with a waypoint is only for MESH_EXTERNAL.');
  }
}

/** With TLS, Istio tells connections to one address apart by port only. */
function warnOfSharedAddress(spec: Fields, webhook: Webhook): void {
  if (!hasItems(spec['addresses']) || list(spec['hosts']).length < 2) return;
  if (!list(spec['ports']).some((item) => isTls(text(fields(item)['protocol'])))) return;
  webhook.warning(
    'spec.hosts',
    undefined,
    'indistinguishable-hosts',
    'Several hosts share the addresses of a TLS port.',
    'Write one ServiceEntry for each host, or leave the addresses out.',
  );
}

function checkResolution(spec: Fields, ports: ReadonlySet<string>, webhook: Webhook): void {
  const resolution = text(spec['resolution']) === '' ? 'NONE' : text(spec['resolution']);
  switch (resolution) {
    case 'NONE':
      if (hasItems(spec['endpoints'])) {
        webhook.error(
          'spec.endpoints',
          undefined,
          'exclusive-fields',
          'With resolution NONE there are no endpoints.',
          'Set resolution to STATIC or DNS.',
        );
      }
      if (has(spec['workloadSelector'])) {
        webhook.warning(
          'spec.workloadSelector',
          undefined,
          'selector-without-resolution',
          'With resolution NONE a workload selector has no effect.',
          'Set resolution to STATIC.',
        );
      }
      break;
    case 'STATIC':
      checkEndpoints(spec, ports, true, webhook);
      break;
    case 'DNS':
    case 'DNS_ROUND_ROBIN': {
      const endpoints = list(spec['endpoints']);
      if (!hasItems(spec['endpoints'])) {
        for (const [index, host] of list(spec['hosts']).entries()) {
          const problem = fqdnProblem(text(host));
          if (problem !== undefined) {
            webhook.error(
              `spec.hosts[${index}]`,
              host,
              'invalid-host',
              `With resolution ${resolution} and no endpoints, a host is looked up, but ${shown(host)} is no host name: ${problem}.`,
            );
          }
        }
      }
      if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1) {
        webhook.error(
          'spec.endpoints',
          undefined,
          'too-many',
          'With resolution DNS_ROUND_ROBIN there is at most one endpoint.',
        );
      }
      checkEndpoints(spec, ports, false, webhook);
      warnOfSharedAddress(spec, webhook);
      break;
    }
    case 'DYNAMIC_DNS':
      checkDynamic(spec, webhook);
      break;
  }
}

/** True where Istio gives the entry an address by itself. */
function isAutoAllocated(spec: Fields, webhook: Webhook): boolean {
  if (text(webhook.labels['networking.istio.io/enable-autoallocate-ip']).toLowerCase() === 'false') return false;
  const resolution = text(spec['resolution']);
  return resolution !== '' && resolution !== 'NONE' && resolution !== 'DYNAMIC_DNS';
}

/** Istio's rules of a ServiceEntry. */
export const checkServiceEntry: KindRules = (spec, webhook) => {
  if (has(spec['workloadSelector']) && hasItems(spec['endpoints'])) {
    webhook.error(
      'spec.endpoints',
      undefined,
      'exclusive-fields',
      '"workloadSelector" and "endpoints" exclude each other.',
    );
  }
  checkSelector(spec['workloadSelector'], 'labels', 'spec.workloadSelector', webhook);
  const hosts = list(spec['hosts']).map(text);
  if (!hasItems(spec['hosts']))
    webhook.error('spec', spec['hosts'], 'missing-field', 'A ServiceEntry needs at least one host.');
  for (const [index, host] of hosts.entries()) {
    const at = `spec.hosts[${index}]`;
    if (host === '*') webhook.error(at, host, 'invalid-host', 'A ServiceEntry cannot stand for every host.');
    else checkWildcardDomain(host, at, webhook);
    if (hasPartialWildcard(host)) {
      webhook.warning(
        at,
        host,
        'partial-wildcard',
        `${shown(host)}: a wildcard stands for the whole first label, so this host never matches.`,
      );
    }
  }
  const resolution = text(spec['resolution']);
  const takesBlocks = resolution === '' || resolution === 'NONE' || resolution === 'STATIC';
  for (const [index, address] of list(spec['addresses']).entries()) {
    const at = `spec.addresses[${index}]`;
    if (!isIpOrCidr(text(address))) {
      webhook.error(at, address, 'invalid-address', `${shown(address)} is neither an IP address nor a CIDR block.`);
    }
    if (text(address).includes('/') && !takesBlocks && !isLate(resolution)) {
      webhook.error(at, address, 'invalid-address', 'A CIDR block is only allowed with resolution NONE or STATIC.');
    }
  }
  const ports = checkPorts(spec, webhook);
  if (!hasItems(spec['addresses']) && !isAutoAllocated(spec, webhook)) {
    for (const [index, item] of list(spec['ports']).entries()) {
      if (!isTcp(text(fields(item)['protocol']))) continue;
      webhook.warning(
        `spec.ports[${index}]`,
        fields(item)['protocol'],
        'tcp-without-address',
        'A TCP port without addresses takes all traffic to this port.',
        'Set addresses, or a protocol.',
      );
    }
  }
  checkResolution(spec, ports, webhook);
  if (hosts.length > 1 && !['', 'NONE'].includes(resolution) && !isLate(resolution)) {
    const plain = list(spec['ports']).find((item) => {
      const protocol = text(fields(item)['protocol']);
      return !isHttp(protocol) && !isTls(protocol);
    });
    if (plain !== undefined) {
      webhook.error(
        'spec.hosts',
        fields(plain)['protocol'],
        'indistinguishable-hosts',
        'Several hosts on a plain TCP port cannot be told apart.',
        'Write one ServiceEntry for each host.',
      );
    }
  }
  checkExportTo(spec['exportTo'], 'ServiceEntry', webhook);
};
