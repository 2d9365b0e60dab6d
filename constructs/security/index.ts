export {
  AccessPolicy,
  type AccessPolicyProps,
  type AccessRule,
  type AccessSource,
  DenyAll,
  type DenyAllProps,
  ExternalAuthorization,
  type ExternalAuthorizationProps,
} from './access-policy';
export { JwtAuth, type JwtAuthProps } from './jwt-auth';
export { MutualTls, type MutualTlsProps, type PlainClient } from './mutual-tls';
export {
  type GatewayLike,
  gatewayPrincipal,
  type LabeledWorkload,
  nameOfTarget,
  type Target,
  targetOf,
} from './policy-target';
