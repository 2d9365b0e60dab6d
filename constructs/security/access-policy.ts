import { Construct } from 'constructs';
import {
  policyWithoutActions,
  rulesOfCalls,
  type AccessAction,
  type AccessPolicyData,
  type Caller,
} from '../../lib/security';
import type { Call } from '../../lib/traffic';
import type { AuthorizationPolicy } from '../api';
import type { MeshService } from '../service';
import { addCheck } from '../tree';
import { AccessPolicyObject, accessIssues, isAmbient } from './access-policy-object';
import { ruleData, ruleIssues, type AccessRule } from './access-rule';
import { callerIssues, callerPrincipal, checkedTarget, targetOf, type GatewayLike, type Target } from './policy-target';

/** Properties of an {@link AccessPolicy}: at least one of allow, deny and audit. */
export interface AccessPolicyProps {
  /**
   * What it protects.
   *
   * @default 'namespace' - everything in the namespace of the chart
   */
  readonly target?: Target;
  /**
   * Requests to allow; all that no ALLOW policy of the target matches are denied.
   *
   * @default - none
   */
  readonly allow?: readonly AccessRule[];
  /**
   * Requests to deny, whatever is allowed.
   *
   * @default - none
   */
  readonly deny?: readonly AccessRule[];
  /**
   * Requests to mark for the audit plugin; nothing is denied.
   *
   * @default - none
   */
  readonly audit?: readonly AccessRule[];
  /**
   * Whether the policy only reports what it would do, in logs and metrics (`istio.io/dry-run`).
   *
   * @default false
   */
  readonly dryRun?: boolean;
}

/**
 * Who may call a service, and how. Principals come from the services' own accounts.
 *
 * Becomes an AuthorizationPolicy per action, named after the construct: `<id>`, `<id>-deny`, `<id>-audit`. Policies of one
 * target add up: what one of several ALLOW policies matches is allowed. In an ambient mesh rules about HTTP are
 * attached to the Service, for its waypoint to enforce.
 *
 * @example
 * new AccessPolicy(shop, 'catalogue', {
 *   target: catalogue,
 *   allow: [{ from: frontEnd, methods: ['GET'], paths: ['/catalogue*'] }],
 * });
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AccessPolicy extends Construct {
  /** The objects, by action. */
  readonly policies: ReadonlyMap<AccessAction, AuthorizationPolicy>;

  constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    const target = checkedTarget(this, props.target ?? 'namespace');
    const wanted: [AccessAction, readonly AccessRule[] | undefined, string][] = [
      ['ALLOW', props.allow, id],
      ['DENY', props.deny, `${id}-deny`],
      ['AUDIT', props.audit, `${id}-audit`],
    ];
    const policies = new Map<AccessAction, AuthorizationPolicy>();
    for (const [action, rules, name] of wanted) {
      if (rules === undefined) continue;
      const data: AccessPolicyData = {
        action,
        target,
        rules: rules.map((rule) => ruleData(this, rule)),
        isAmbient: isAmbient(this),
      };
      policies.set(
        action,
        new AccessPolicyObject(this, action.toLowerCase(), name, data, {
          // Istio knows dry runs of what allows and denies; an audit denies nothing anyway.
          dryRun: props.dryRun === true && action !== 'AUDIT',
          check: () => [...rules.flatMap((rule) => ruleIssues(this, rule)), ...accessIssues(this, data)],
        }),
      );
    }
    this.policies = policies;
    addCheck(this, () => policyWithoutActions(policies.size, this.node.path));
  }

  /**
   * The whole call graph of an application: each service takes the calls that are in it, on the ports they go to, and no
   * others. With `DenyAll` beside it nothing else in the namespace takes calls either.
   *
   * @param props the services, who calls whom by their names, and the gateway that `ingress` stands for
   */
  static fromCalls(
    scope: Construct,
    id: string,
    props: {
      readonly services: readonly MeshService[];
      readonly calls: readonly Call[];
      readonly gateway?: GatewayLike;
    },
  ): Construct {
    const home = new Construct(scope, id);
    const callers: Record<string, Caller> = Object.fromEntries(
      props.services.map((service) => [service.serviceName, service]),
    );
    const { gateway } = props;
    if (gateway !== undefined) {
      callers['ingress'] = { principal: callerPrincipal(home, gateway) ?? 'unknown' };
      addCheck(home, () => callerIssues(home, gateway));
    }
    for (const service of props.services) {
      const rules = rulesOfCalls(service.serviceName, props.calls, callers);
      if (rules.length === 0) continue;
      const data: AccessPolicyData = { action: 'ALLOW', target: targetOf(home, service), rules };
      new AccessPolicyObject(home, service.serviceName, `${service.serviceName}-callers`, data, {
        check: () => accessIssues(home, data),
      });
    }
    return home;
  }
}
