import type { AuthorizationPolicySpec } from '../api';
import type { Issue } from '../findings';
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
import { attachmentOf, describeTarget, type PolicyTarget } from './target';

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
  const { action, target, rules } = policy;
  const where = describeTarget(target);
  const issues: Issue[] = [];
  const say = (code: string, message: string, fix: string): void => {
    issues.push({ code, severity: 'error', message, fix, origin });
  };
  if (rules.length === 0) {
    say(
      'policy-without-rules',
      `the ${action} policy for ${where} has no rules, which ${action === 'ALLOW' ? 'denies everything' : 'does nothing'}`,
      action === 'ALLOW' ? 'write DenyAll if that is meant, or add a rule' : 'add a rule, or leave the policy out',
    );
  }
  rules.forEach((rule, index) => {
    const name = `rule ${index + 1} of the ${action} policy for ${where}`;
    if (isEmptyRule(rule)) {
      say(
        'empty-rule',
        `${name} says nothing, so that every request matches it`,
        "say from: 'anyone' and what may be done, or leave the rule out",
      );
    }
    const http = httpParts(rule);
    if (http.length > 0 && isOnTcpOnly(rule, target)) {
      const ports = portsOfRule(rule, target)
        .map(({ port, protocol }) => `${port} (${protocol})`)
        .join(', ');
      say(
        'http-rule-on-tcp-port',
        `${name} asks for ${http.join(', ')}, which a connection to port ${ports} does not have: ` +
          (action === 'ALLOW' ? 'it never matches' : 'the whole connection matches'),
        'ask for ports and principals only, or set the protocol of the port to HTTP',
      );
    }
    const identity = identityParts(rule);
    if (identity.length > 0 && mutualTls === 'DISABLE') {
      say(
        'identity-without-mutual-tls',
        `${name} asks for ${identity.join(', ')}, but mutual TLS is off for ${where}: nobody shows who they are there`,
        'set mutual TLS to STRICT or PERMISSIVE, or ask for ipBlocks',
      );
    }
    for (const port of rule.ports ?? []) {
      const known = target.kind === 'workload' ? target.ports : undefined;
      if (known !== undefined && known.length > 0 && !known.some((one) => one.port === port)) {
        say(
          'unknown-port',
          `${name} names port ${port}, but ${target.kind === 'workload' ? target.name : where} has ${known.map((one) => one.port).join(', ')}`,
          'name a port of the service',
        );
      }
    }
  });
  return issues;
}
