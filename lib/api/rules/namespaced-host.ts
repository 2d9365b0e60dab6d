import { type Place, isLabel } from '../../json';
import { shown } from '../issue-collector';
import { wildcardDomainProblem } from './host-name';
import { isIpAddress } from './ip-address';
import type { RuleContext } from './rule-context';

/** True for a wildcard that is only a part of the first label, such as `*a.example.com`. */
export function hasPartialWildcard(host: string): boolean {
  return host.includes('*') && host !== '*' && !host.startsWith('*.');
}

function checkHost(host: string, mayBeAddress: boolean, at: Place, context: RuleContext): void {
  const error = (words: string): void => {
    context.error(at, host, 'invalid-host', words);
  };
  const isAddress = mayBeAddress && isIpAddress(host);
  if (host !== '*' && !host.includes('.')) {
    error(`${shown(host)} is not a fully qualified domain name: short names are not allowed here.`);
  }
  const problem = wildcardDomainProblem(host);
  if (problem !== undefined && !isAddress) error(`${shown(host)} is not a host: ${problem}.`);
  else if (hasPartialWildcard(host)) error(`${shown(host)}: a wildcard stands for the whole first label.`);
}

/** Rules of `namespace/host`, as Gateways and Sidecars name hosts; a Gateway may leave the namespace out. */
export function checkNamespacedHost(value: string, kind: 'Gateway' | 'Sidecar', at: Place, context: RuleContext): void {
  const slash = value.indexOf('/');
  const isGateway = kind === 'Gateway';
  if (slash < 0) {
    if (isGateway) checkHost(value, true, at, context);
    else
      context.error(
        at,
        value,
        'invalid-host',
        `${shown(value)} has no namespace.`,
        `Write "namespace/host", "./host" or "*/host".`,
      );
    return;
  }
  const namespace = value.slice(0, slash);
  const host = value.slice(slash + 1);
  if (namespace === '' || host === '') {
    context.error(at, value, 'invalid-host', `${shown(value)}: neither the namespace nor the host may be empty.`);
    return;
  }
  // No namespace at all: what a Sidecar may select, and what a Gateway API Gateway without routes becomes.
  const mayBeNone = !isGateway || context.annotations['internal.istio.io/gateway-semantics'] === 'gateway';
  if (namespace !== '*' && namespace !== '.' && !(namespace === '~' && mayBeNone) && !isLabel(namespace)) {
    context.error(at, value, 'invalid-host', `${shown(value)}: "${namespace}" is not a namespace.`);
  }
  checkHost(host, isGateway, at, context);
}
