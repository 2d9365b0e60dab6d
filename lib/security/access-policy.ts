import type { AuthorizationPolicySpec } from '../api';
import { found, type Issue } from '../findings';
import { attachmentOf, describeTarget, type PolicyTarget } from '../targets';
import {
  httpParts,
  identityParts,
  isEmptyRule,
  isOnTcpOnly,
  lowerAccessRule,
  portsOfRule,
  type AccessRuleData,
} from './access-rule';
import type { MutualTlsMode } from './mutual-tls';

/** What a policy does with the requests that match. */
export type AccessAction = 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';

/** A policy before it is written down. */
export interface AccessPolicyData {
  readonly action: AccessAction;
  readonly target: PolicyTarget;
  readonly rules: readonly AccessRuleData[];
  /** Who decides, for CUSTOM. */
  readonly provider?: string;
  /** True when the mesh is ambient: rules about HTTP are then enforced by the waypoint of the Service. */
  readonly isAmbient?: boolean;
}

/** The policy as Istio writes it. */
export function lowerAccessPolicy(policy: AccessPolicyData): AuthorizationPolicySpec {
  const { action, target, rules, provider } = policy;
  const isForWaypoint = policy.isAmbient === true && rules.some((rule) => httpParts(rule).length > 0);
  return {
    ...attachmentOf(target, isForWaypoint),
    action,
    ...(provider === undefined ? {} : { provider: { name: provider } }),
    ...(rules.length > 0 ? { rules: rules.map((rule) => lowerAccessRule(rule, target)) } : {}),
  };
}

/** What is known of the target when the policy is checked. */
export interface AccessContext {
  readonly origin: string;
  /** How the target takes connections; absent when nothing is declared. */
  readonly mutualTls?: MutualTlsMode | undefined;
}

/** Rules that cannot do what they say: they match nothing, or everything. */
export function checkAccessPolicy(policy: AccessPolicyData, { origin, mutualTls }: AccessContext): Issue[] {
  const { action, rules } = policy;
  const target = describeTarget(policy.target);
  if (rules.length === 0) return [found('policy-without-rules', { action, target }, { origin })];
  return rules.flatMap((rule, index) => {
    const place = { rule: index + 1, action, target };
    return [
      ...(isEmptyRule(rule) ? [found('empty-rule', place, { origin })] : []),
      ...httpOnTcp(rule, policy.target, place, origin),
      ...identityWithoutMutualTls(rule, mutualTls, place, origin),
      ...unknownPorts(rule, policy.target, place, origin),
    ];
  });
}

interface RulePlace {
  readonly rule: number;
  readonly action: AccessAction;
  readonly target: string;
}

function httpOnTcp(rule: AccessRuleData, target: PolicyTarget, place: RulePlace, origin: string): Issue[] {
  const fields = httpParts(rule);
  if (fields.length === 0 || !isOnTcpOnly(rule, target)) return [];
  const ports = portsOfRule(rule, target).map(({ port, protocol = 'tcp' }) => `${port} (${protocol})`);
  return [found('http-rule-on-tcp-port', { ...place, fields, ports }, { origin })];
}

function identityWithoutMutualTls(
  rule: AccessRuleData,
  mutualTls: MutualTlsMode | undefined,
  place: RulePlace,
  origin: string,
): Issue[] {
  const fields = identityParts(rule);
  if (fields.length === 0 || mutualTls !== 'DISABLE') return [];
  return [found('identity-without-mutual-tls', { ...place, fields }, { origin })];
}

function unknownPorts(rule: AccessRuleData, target: PolicyTarget, place: RulePlace, origin: string): Issue[] {
  const known = target.kind === 'workload' ? (target.ports ?? []).map(({ port }) => port) : [];
  if (known.length === 0) return [];
  return [...(rule.ports ?? []), ...(rule.notPorts ?? [])]
    .filter((port) => !known.includes(port))
    .map((port) => found('unknown-policy-port', { ...place, port, known }, { origin }));
}

/** A policy that has nothing to say. */
export function policyWithoutActions(actions: number, origin: string): Issue[] {
  return actions > 0 ? [] : [found('policy-without-actions', {}, { origin })];
}

/** An error for a provider that the mesh does not have. */
export function unknownProvider(name: string, known: readonly string[], origin: string): Issue[] {
  return known.includes(name) ? [] : [found('unknown-provider', { name, known }, { origin })];
}
