import { Construct } from 'constructs';
import type { JWTRule } from '../../lib/api';
import { checkJwt, lowerJwt, requireToken } from '../../lib/security';
import { RequestAuthentication, type AuthorizationPolicy } from '../api';
import { addCheck } from '../tree';
import { AccessPolicyObject, accessIssues, isAmbient } from './access-policy-object';
import { checkedTarget, type Target } from './policy-target';

/** Properties of a {@link JwtAuth}. */
export interface JwtAuthProps {
  /**
   * What checks the tokens: a gateway, a service, a namespace.
   *
   * @default 'namespace' - everything in the namespace of the chart
   */
  readonly target?: Target;
  /**
   * Which tokens are valid, a rule per issuer: keys by URL (`jwksUri`) or inline public keys (`jwks`), audiences, where the
   * token stands (`fromHeaders`, `fromParams`, `fromCookies`), claims to hand on (`outputClaimToHeaders`).
   */
  readonly rules: readonly JWTRule[];
  /**
   * Whether requests without a token are turned away with 403. An invalid token always is, with 401.
   *
   * @default false
   */
  readonly required?: boolean;
  /**
   * Paths that need no token although it is required: `/healthz`, `/public*`.
   *
   * @default - none
   */
  readonly exceptPaths?: readonly string[];
}

/**
 * Checks the tokens of end users.
 *
 * Becomes a RequestAuthentication, and with `required` an AuthorizationPolicy `<id>-required` that denies requests
 * without one.
 *
 * @example
 * new JwtAuth(shop, 'jwt', {
 *   target: edge,
 *   rules: [{ issuer: 'https://issuer.example.com', jwksUri: 'https://issuer.example.com/keys' }],
 *   required: true,
 * });
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
 */
export class JwtAuth extends Construct {
  /** Which tokens are valid. */
  readonly requestAuthentication: RequestAuthentication;
  /** What turns away requests without one; absent when none is required. */
  readonly required?: AuthorizationPolicy;

  constructor(scope: Construct, id: string, props: JwtAuthProps) {
    super(scope, id);
    const target = checkedTarget(this, props.target ?? 'namespace');
    this.requestAuthentication = new RequestAuthentication(this, 'request-authentication', {
      metadata: { name: id, namespace: target.namespace },
      spec: lowerJwt(target, props.rules, isAmbient(this)),
    });
    addCheck(this, () => checkJwt(target, props.rules, this.node.path));
    if (props.required === true) {
      const rules = [requireToken(target, props.exceptPaths ?? [])];
      const data = { action: 'DENY', target, rules, isAmbient: isAmbient(this) } as const;
      this.required = new AccessPolicyObject(this, 'required', `${id}-required`, data, {
        check: () => accessIssues(this, data),
      });
    }
  }
}
