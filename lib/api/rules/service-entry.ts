import { fields, type Fields, has, hasItems, isLate, list, numeric, text, placeOf, below } from '../../json';
import { shown } from '../issue-collector';
import { checkExportTo } from './export-to';
import { checkWildcardDomain, fqdnProblem } from './host-name';
import { isIpOrCidr } from './ip-address';
import { checkSelector } from './labels';
import { hasPartialWildcard } from './namespaced-host';
import { checkPort } from './number-rules';
import { checkPortName, checkProtocol } from './port-rules';
import { isHttp, isTcp, isTls } from './protocol';
import type { KindRules, RuleContext } from './rule-context';
import { checkWorkload } from './workload-entry';

const DYNAMIC_PROTOCOLS = new Set(['http', 'http2', 'grpc', 'tls']);
const WAYPOINT = 'istio.io/use-waypoint';

function checkPorts(spec: Fields, context: RuleContext): Set<string> {
  const names = new Set<string>();
  const numbers = new Set<number>();
  for (const [index, item] of list(spec['ports']).entries()) {
    const at = placeOf('spec', 'ports', index);
    const port = fields(item);
    const name = text(port['name']);
    const number = numeric(port['number']);
    if (names.has(name))
      context.error(below(at, 'name'), name, 'duplicate-item', `There is a port ${shown(name)} already.`);
    if (number !== undefined && numbers.has(number)) {
      context.error(below(at, 'number'), number, 'duplicate-item', `There is a port ${number} already.`);
    }
    names.add(name);
    if (number !== undefined) numbers.add(number);
    checkPortName(name, below(at, 'name'), context);
    checkProtocol(port['protocol'], below(at, 'protocol'), context);
    checkPort(port['number'], below(at, 'number'), context);
    if (numeric(port['targetPort']) !== 0) checkPort(port['targetPort'], below(at, 'targetPort'), context);
  }
  return names;
}

function checkEndpoints(spec: Fields, ports: ReadonlySet<string>, isStatic: boolean, context: RuleContext): void {
  for (const [index, endpoint] of list(spec['endpoints']).entries()) {
    checkWorkload(fields(endpoint), placeOf('spec', 'endpoints', index), context, {
      ports,
      takesNames: !isStatic,
      isLookedUp: !isStatic,
    });
  }
}

function checkDynamic(spec: Fields, context: RuleContext): void {
  const hosts = list(spec['hosts']).map(text);
  if (!hosts.some((host) => host.startsWith('*') || isLate(host))) {
    context.error(
      placeOf('spec', 'hosts'),
      spec['hosts'],
      'invalid-host',
      'DYNAMIC_DNS needs at least one host with a wildcard.',
    );
  }
  for (const field of ['addresses', 'endpoints'] as const) {
    if (hasItems(spec[field]))
      context.error(
        placeOf('spec', field),
        undefined,
        'exclusive-fields',
        `DYNAMIC_DNS finds addresses by itself, so there is no "${field}".`,
      );
  }
  for (const [index, item] of list(spec['ports']).entries()) {
    const protocol = text(fields(item)['protocol']);
    if (!DYNAMIC_PROTOCOLS.has(protocol.toLowerCase())) {
      context.error(
        placeOf('spec', 'ports', index, 'protocol'),
        protocol,
        'unknown-value',
        `DYNAMIC_DNS is for HTTP, HTTP2, GRPC and TLS, not ${shown(protocol)}.`,
      );
    }
  }
  const waypoint = text(context.labels[WAYPOINT]);
  if (spec['location'] === 'MESH_INTERNAL' && waypoint !== '' && waypoint !== 'none') {
    context.error(
      placeOf('spec', 'location'),
      waypoint,
      'not-supported',
      'DYNAMIC_DNS with a waypoint is only for MESH_EXTERNAL.',
    );
  }
}

/** With TLS, Istio tells connections to one address apart by port only. */
function warnOfSharedAddress(spec: Fields, context: RuleContext): void {
  if (!hasItems(spec['addresses']) || list(spec['hosts']).length < 2) return;
  if (!list(spec['ports']).some((item) => isTls(text(fields(item)['protocol'])))) return;
  context.warning(
    placeOf('spec', 'hosts'),
    undefined,
    'indistinguishable-hosts',
    'Several hosts share the addresses of a TLS port.',
    'Write one ServiceEntry for each host, or leave the addresses out.',
  );
}

function checkResolution(spec: Fields, ports: ReadonlySet<string>, context: RuleContext): void {
  const resolution = text(spec['resolution']) === '' ? 'NONE' : text(spec['resolution']);
  switch (resolution) {
    case 'NONE':
      if (hasItems(spec['endpoints'])) {
        context.error(
          placeOf('spec', 'endpoints'),
          undefined,
          'exclusive-fields',
          'With resolution NONE there are no endpoints.',
          'Set resolution to STATIC or DNS.',
        );
      }
      if (has(spec['workloadSelector'])) {
        context.warning(
          placeOf('spec', 'workloadSelector'),
          undefined,
          'selector-without-resolution',
          'With resolution NONE a workload selector has no effect.',
          'Set resolution to STATIC.',
        );
      }
      break;
    case 'STATIC':
      checkEndpoints(spec, ports, true, context);
      break;
    case 'DNS':
    case 'DNS_ROUND_ROBIN': {
      const endpoints = list(spec['endpoints']);
      if (!hasItems(spec['endpoints'])) {
        for (const [index, host] of list(spec['hosts']).entries()) {
          const problem = fqdnProblem(text(host));
          if (problem !== undefined) {
            context.error(
              placeOf('spec', 'hosts', index),
              host,
              'invalid-host',
              `With resolution ${resolution} and no endpoints, a host is looked up, but ${shown(host)} is not a host name: ${problem}.`,
            );
          }
        }
      }
      if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1) {
        context.error(
          placeOf('spec', 'endpoints'),
          undefined,
          'too-many',
          'With resolution DNS_ROUND_ROBIN there is at most one endpoint.',
        );
      }
      checkEndpoints(spec, ports, false, context);
      warnOfSharedAddress(spec, context);
      break;
    }
    case 'DYNAMIC_DNS':
      checkDynamic(spec, context);
      break;
  }
}

/** True where Istio gives the entry an address by itself. */
function isAutoAllocated(spec: Fields, context: RuleContext): boolean {
  if (text(context.labels['networking.istio.io/enable-autoallocate-ip']).toLowerCase() === 'false') return false;
  const resolution = text(spec['resolution']);
  return resolution !== '' && resolution !== 'NONE' && resolution !== 'DYNAMIC_DNS';
}

/** Istio's rules of a ServiceEntry. */
export const checkServiceEntry: KindRules = (spec, context) => {
  if (has(spec['workloadSelector']) && hasItems(spec['endpoints'])) {
    context.error(
      placeOf('spec', 'endpoints'),
      undefined,
      'exclusive-fields',
      '"workloadSelector" and "endpoints" exclude each other.',
    );
  }
  checkSelector(spec['workloadSelector'], 'labels', placeOf('spec', 'workloadSelector'), context);
  const hosts = list(spec['hosts']).map(text);
  if (!hasItems(spec['hosts']))
    context.error(placeOf('spec'), spec['hosts'], 'missing-field', 'A ServiceEntry needs at least one host.');
  for (const [index, host] of hosts.entries()) {
    const at = placeOf('spec', 'hosts', index);
    if (host === '*') context.error(at, host, 'invalid-host', 'A ServiceEntry cannot stand for every host.');
    else checkWildcardDomain(host, at, context);
    if (hasPartialWildcard(host)) {
      context.warning(
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
    const at = placeOf('spec', 'addresses', index);
    if (!isIpOrCidr(text(address))) {
      context.error(at, address, 'invalid-address', `${shown(address)} is neither an IP address nor a CIDR block.`);
    }
    if (text(address).includes('/') && !takesBlocks && !isLate(resolution)) {
      context.error(at, address, 'invalid-address', 'A CIDR block is only allowed with resolution NONE or STATIC.');
    }
  }
  const ports = checkPorts(spec, context);
  if (!hasItems(spec['addresses']) && !isAutoAllocated(spec, context)) {
    for (const [index, item] of list(spec['ports']).entries()) {
      if (!isTcp(text(fields(item)['protocol']))) continue;
      context.warning(
        placeOf('spec', 'ports', index),
        fields(item)['protocol'],
        'tcp-without-address',
        'A TCP port without addresses takes all traffic to this port.',
        'Set addresses, or a protocol.',
      );
    }
  }
  checkResolution(spec, ports, context);
  if (hosts.length > 1 && !['', 'NONE'].includes(resolution) && !isLate(resolution)) {
    const plain = list(spec['ports']).find((item) => {
      const protocol = text(fields(item)['protocol']);
      return !isHttp(protocol) && !isTls(protocol);
    });
    if (plain !== undefined) {
      context.error(
        placeOf('spec', 'hosts'),
        fields(plain)['protocol'],
        'indistinguishable-hosts',
        'Several hosts on a plain TCP port cannot be told apart.',
        'Write one ServiceEntry for each host.',
      );
    }
  }
  checkExportTo(spec['exportTo'], 'ServiceEntry', context);
};
