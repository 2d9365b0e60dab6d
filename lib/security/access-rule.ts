import type { AuthorizationRule, AuthorizationSource } from '../api';
import { isHttp } from '../traffic';
import { containerPort, type PolicyTarget } from '../targets';

/** The attributes a condition may ask for, as Istio names them; those in brackets take a name of their own. */
export type ConditionKey =
  | `request.headers[${string}]`
  | `request.auth.claims[${string}]`
  | 'request.auth.principal'
  | 'request.auth.audiences'
  | 'request.auth.presenter'
  | 'source.ip'
  | 'source.namespace'
  | 'source.principal'
  | 'source.serviceAccount'
  | 'remote.ip'
  | 'destination.ip'
  | 'destination.port'
  | 'connection.sni'
  | `experimental.envoy.filters.${string}`;

/** A condition beside where a request comes from and what it asks for. */
export type AccessCondition = { readonly key: ConditionKey } & (
  | { readonly values: readonly string[]; readonly notValues?: readonly string[] }
  | { readonly values?: readonly string[]; readonly notValues: readonly string[] }
);

/** One rule: a request matches when its source, its operation and all conditions do. */
export interface AccessRuleData {
  /** Alternatives; empty for any source. */
  readonly sources: readonly AuthorizationSource[];
  /** That anyone may ask was said, not forgotten. */
  readonly isFromAnyone?: true;
  readonly methods?: readonly string[] | undefined;
  readonly notMethods?: readonly string[] | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly notPaths?: readonly string[] | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly notHosts?: readonly string[] | undefined;
  /** Ports of the Service; policies see the port of the pod. */
  readonly ports?: readonly number[] | undefined;
  readonly notPorts?: readonly number[] | undefined;
  readonly when?: readonly AccessCondition[] | undefined;
}

const HTTP_FIELDS = ['methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts'] as const;

/** The parts of a rule that only an HTTP request has; on other ports Istio cannot match them. */
export function httpParts(rule: AccessRuleData): string[] {
  return [
    ...HTTP_FIELDS.filter((field) => rule[field] !== undefined),
    ...rule.sources.flatMap((source) =>
      (['requestPrincipals', 'notRequestPrincipals', 'remoteIpBlocks', 'notRemoteIpBlocks'] as const).filter(
        (field) => source[field] !== undefined,
      ),
    ),
    ...(rule.when ?? []).map(({ key }) => key).filter((key) => key.startsWith('request.') || key === 'remote.ip'),
  ];
}

/** The parts of a rule that need a client certificate, and so mutual TLS. */
export function identityParts(rule: AccessRuleData): string[] {
  const fields = [
    'principals',
    'notPrincipals',
    'namespaces',
    'notNamespaces',
    'serviceAccounts',
    'notServiceAccounts',
    'trustDomains',
    'notTrustDomains',
  ] as const;
  return [
    ...rule.sources.flatMap((source) => fields.filter((field) => source[field] !== undefined)),
    ...(rule.when ?? [])
      .map(({ key }) => key)
      .filter((key) => ['source.namespace', 'source.principal', 'source.serviceAccount'].includes(key)),
  ];
}

/** True when the rule says nothing, so that every request would match it. */
export function isEmptyRule(rule: AccessRuleData): boolean {
  const { sources, ...rest } = rule;
  return sources.length === 0 && Object.values(rest).every((value) => value === undefined);
}

/** The ports the rule is about, as far as they are known. */
export function portsOfRule(rule: AccessRuleData, target: PolicyTarget) {
  const ports = target.kind === 'workload' ? (target.ports ?? []) : [];
  return rule.ports === undefined ? ports : ports.filter(({ port }) => rule.ports?.includes(port));
}

/** True when none of the ports the rule is about speaks HTTP, as far as that is known. */
export function isOnTcpOnly(rule: AccessRuleData, target: PolicyTarget): boolean {
  const ports = portsOfRule(rule, target);
  return ports.length > 0 && ports.every(({ protocol }) => protocol !== undefined && !isHttp(protocol));
}

/** A policy is enforced behind the Service, where only the port of the container is seen. */
function podPorts(ports: readonly number[] | undefined, target: PolicyTarget): readonly string[] | undefined {
  const known = target.kind === 'workload' ? target.ports : undefined;
  return ports?.map((port) => String(containerPort(known, port)));
}

/** The rule as Istio writes it. */
export function lowerAccessRule(rule: AccessRuleData, target: PolicyTarget): AuthorizationRule {
  const { sources, when } = rule;
  const operation = Object.fromEntries(
    Object.entries({
      methods: rule.methods,
      notMethods: rule.notMethods,
      paths: rule.paths,
      notPaths: rule.notPaths,
      hosts: rule.hosts,
      notHosts: rule.notHosts,
      ports: podPorts(rule.ports, target),
      notPorts: podPorts(rule.notPorts, target),
    }).filter(([, value]) => value !== undefined),
  );
  return {
    ...(sources.length > 0 ? { from: sources.map((source) => ({ source })) } : {}),
    ...(Object.keys(operation).length > 0 ? { to: [{ operation }] } : {}),
    ...(when === undefined ? {} : { when: when }),
  };
}
