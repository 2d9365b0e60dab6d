export { AccessPolicy, type AccessPolicyProps } from './access-policy';
export type { AccessRule, AccessSource } from './access-rule';
export { DenyAll, type DenyAllProps } from './deny-all';
export { ExternalAuthorization, type ExternalAuthorizationProps } from './external-authorization';
export { JwtAuth, type JwtAuthProps } from './jwt-auth';
export { MutualTls, type MutualTlsProps, type PlainClient } from './mutual-tls';
export {
  checkedTarget,
  type GatewayLike,
  gatewayPrincipal,
  type LabeledWorkload,
  type Target,
  targetOf,
} from './policy-target';
