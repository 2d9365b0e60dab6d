import { Construct } from 'constructs';
import { unknownProvider, type AccessPolicyData } from '../../lib/security';
import type { AuthorizationPolicy } from '../api';
import { MeshChart } from '../chart';
import { AccessPolicyObject, accessIssues, isAmbient } from './access-policy-object';
import { ruleData, ruleIssues, type AccessRule } from './access-rule';
import { checkedTarget, type Target } from './policy-target';

/** Properties of an {@link ExternalAuthorization}. */
export interface ExternalAuthorizationProps {
  /** What it protects: a service, a gateway, a namespace. */
  readonly target: Target;
  /** The extension provider of the mesh that decides: Open Policy Agent, oauth2-proxy. */
  readonly provider: string;
  /** The requests it is asked about. `from` may only say addresses, for Istio knows no identities there. */
  readonly requests: readonly AccessRule[];
}

/**
 * Lets another program decide about requests.
 *
 * Becomes an AuthorizationPolicy with the action CUSTOM.
 */
export class ExternalAuthorization extends Construct {
  /** The policy. */
  readonly policy: AuthorizationPolicy;

  constructor(scope: Construct, id: string, props: ExternalAuthorizationProps) {
    super(scope, id);
    const data: AccessPolicyData = {
      action: 'CUSTOM',
      target: checkedTarget(this, props.target),
      rules: props.requests.map((rule) => ruleData(this, rule)),
      provider: props.provider,
      isAmbient: isAmbient(this),
    };
    this.policy = new AccessPolicyObject(this, 'policy', id, data, {
      check: () => [
        ...props.requests.flatMap((rule) => ruleIssues(this, rule)),
        ...accessIssues(this, data),
        ...unknownProvider(props.provider, MeshChart.meshOf(this)?.settings.extensionProviders ?? [], this.node.path),
      ],
    });
  }
}
