import { Construct } from 'constructs';
import type { AuthorizationPolicy } from '../api';
import { AccessPolicyObject } from './access-policy-object';
import { checkedTarget, type Target } from './policy-target';

/** Properties of a {@link DenyAll}. */
export interface DenyAllProps {
  /**
   * What takes no calls but those that other policies allow.
   *
   * @default 'namespace' - everything in the namespace of the chart
   */
  readonly target?: Target;
}

/**
 * The ground on which access is given: nothing is allowed that no other policy allows.
 *
 * Becomes an AuthorizationPolicy without rules, which allows nothing by itself.
 */
export class DenyAll extends Construct {
  /** The policy. */
  readonly policy: AuthorizationPolicy;

  constructor(scope: Construct, id: string, props: DenyAllProps = {}) {
    super(scope, id);
    const target = checkedTarget(this, props.target ?? 'namespace');
    this.policy = new AccessPolicyObject(this, 'policy', id, { action: 'ALLOW', target, rules: [] });
  }
}
