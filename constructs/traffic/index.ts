export { ArgoRollout, type ArgoRolloutProps, type ArgoStep } from './argo-rollout';
export { BlueGreen, type BlueGreenPreview, type BlueGreenProps } from './blue-green';
export { Canary, type CanaryProps } from './canary';
export {
  type BreakerConnections,
  type BreakerEjection,
  CircuitBreaker,
  type CircuitBreakerProps,
} from './circuit-breaker';
export { ClientTls, type ClientTlsProps } from './client-tls';
export { ConnectionPool, type ConnectionPoolProps } from './connection-pool';
export { ConnectionRoute, type ConnectionRouteProps } from './connection-route';
export { Cors, type CorsProps } from './cors';
export { DelegateRoute, type DelegateRouteProps } from './delegate-route';
export { DirectResponse, type DirectResponseProps } from './direct-response';
export { type FaultAbort, type FaultDelay, FaultInjection, type FaultInjectionProps } from './fault-injection';
export { type FlaggerAnalysis, FlaggerCanary, type FlaggerCanaryProps } from './flagger-canary';
export { FortioLoad, type FortioLoadProps } from './fortio-load';
export { HeaderChange, type HeaderChangeProps } from './header-change';
export { HeaderRoute, type HeaderRouteProps } from './header-route';
export { LoadBalancing, type LoadBalancingProps } from './load-balancing';
export { Mirror, type MirrorProps } from './mirror';
export { Redirect, type RedirectProps } from './redirect';
export { Retry, type RetryCondition, type RetryProps } from './retry';
export { Rewrite, type RewriteProps } from './rewrite';
export { SidecarScope, type SidecarScopeProps } from './sidecar-scope';
export { Timeout, type TimeoutProps } from './timeout';
export { TrafficSplit, type TrafficSplitProps } from './traffic-split';
export { Tunnel, type TunnelProps } from './tunnel';
