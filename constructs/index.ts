export { ArgoRollout, type ArgoRolloutProps, type ArgoStep } from './argo-rollout';
export { BlueGreen, type BlueGreenPreview, type BlueGreenProps } from './blue-green';
export { Canary, type CanaryProps } from './canary';
export {
  AccessPolicy,
  DenyAll,
  ExternalAuthorization,
  type AccessPolicyProps,
  type AccessRule,
  type AccessSource,
  type DenyAllProps,
  type ExternalAuthorizationProps,
} from './access-policy';
export { addCheck } from './checks';
export { EnvoyPatches, type EnvoyPatchesProps } from './envoy-patches';
export { JwtAuth, type JwtAuthProps } from './jwt-auth';
export { MutualTls, type MutualTlsProps, type PlainClient } from './mutual-tls';
export { gatewayPrincipal, type GatewayLike, type LabeledWorkload, type Target } from './policy-target';
export { GlobalRateLimit, LocalRateLimit, type GlobalRateLimitProps, type LocalRateLimitProps } from './rate-limit';
export {
  AccessLogs,
  MetricsSettings,
  Tracing,
  type AccessLogsProps,
  type MetricsSettingsProps,
  type TelemetrySide,
  type TracingProps,
} from './telemetry';
export {
  claim,
  evaluateAccess,
  policiesFor,
  type AccessCondition,
  type AccessRequest,
  type AccessVerdict,
  type Caller,
  type ConditionKey,
  type MutualTlsMode,
  type PlacedPolicy,
  type PlacedWorkload,
} from '../lib/security';
export type { EnvoyPatch, GlobalLimit, LimitKey, PatchContext, PathRate, Rate } from '../lib/envoy';
export {
  CircuitBreaker,
  type BreakerConnections,
  type BreakerEjection,
  type CircuitBreakerProps,
} from './circuit-breaker';
export { ClientTls, type ClientTlsProps } from './client-tls';
export { ConnectionPool, type ConnectionPoolProps } from './connection-pool';
export { ConnectionRoute, type ConnectionRouteProps } from './connection-route';
export { Cors, type CorsProps } from './cors';
export { DelegateRoute, type DelegateRouteProps } from './delegate-route';
export { DirectResponse, type DirectResponseProps } from './direct-response';
export { Environments, type EnvironmentProgram, type EnvironmentsProps } from './output/environments';
export { EgressGateway, type EgressGatewayProps } from './egress-gateway';
export { ExternalService, type ExternalServiceProps } from './external-service';
export { FaultInjection, type FaultAbort, type FaultDelay, type FaultInjectionProps } from './fault-injection';
export { FlaggerCanary, type FlaggerAnalysis, type FlaggerCanaryProps } from './flagger-canary';
export { FortioLoad, type FortioLoadProps } from './fortio-load';
export { HeaderChange, type HeaderChangeProps } from './header-change';
export { HeaderRoute, type HeaderRouteProps } from './header-route';
export { HostTraffic, type HostDescription } from './host-traffic';
export type { GatewayPodOptions } from './gateway-pods';
export {
  IngressGateway,
  type DelegateOptions,
  type ExposeOptions,
  type ExposeTcpOptions,
  type IngressGatewayProps,
} from './ingress-gateway';
export { IstioObject, type IstioObjectProps } from './istio-object';
export * from './istio-objects';
export type { ArgoCdLayout, Diff, FluxLayout, FluxSource, Layout, ObjectDiff, PlainLayout } from '../lib/gitops';
export type { WriteFilesResult } from './output/write-files';
export { LoadBalancing, type LoadBalancingProps } from './load-balancing';
export type {
  ChartRelease,
  ExistingMeshOptions,
  InstallSpec,
  MeshGateway,
  MeshOptions,
  MeshRef,
  MeshSettings,
  ProfileName,
} from '../lib/install';
export type { GatewayAutoscaling, GatewayOptions, MountedSecret } from '../lib/install/gateway-objects';
export type { GatewayPort } from '../lib/install/gateways/gateway-values';
export type { DataPlane, MeshGatewayPort } from '../lib/install/mesh-ref';
export type {
  CaptureOptions,
  CniOptions,
  MeshGatewayOptions,
  MultiClusterOptions,
  PilotOptions,
  ProxyOptions,
  ResourceAmounts,
  WebhookOptions,
  ZtunnelOptions,
} from '../lib/install/mesh-options';
export type { Components, ComponentSpec, KubernetesSettings } from '../lib/install/spec';
export { Mesh, type MeshFromOperatorProps, type MeshOutput, type MeshProps } from './mesh';
export { MeshApp, type MeshAppProps, type SynthReport, type SynthResult } from './mesh-app';
export { MeshChart, type Injection, type MeshChartProps } from './mesh-chart';
export { MeshService } from './mesh-service';
export type { MeshServicePort, MeshServiceProps, MeshServiceVersion } from './mesh-service-props';
export { Mirror, type MirrorProps } from './mirror';
export { NamedService, type NamedServiceProps, type NamedServiceVersion } from './named-service';
export type { OtherService } from './other-service';
export { PodInjection, type PodInjectionProps } from './pod-injection';
export type {
  EnvoyLogLevel,
  InjectionMode,
  ProxyResources,
  SidecarOptions,
  StatsInclusion,
  TrafficCapture,
} from '../lib/injection';
export { Redirect, type RedirectProps } from './redirect';
export { Retry, type RetryCondition, type RetryProps } from './retry';
export { Rewrite, type RewriteProps } from './rewrite';
export { RouteGroup, type RouteGroupEntry } from './route-group';
export type { Scenario } from './scenario';
export type { ServiceRef } from './service-ref';
export { SidecarScope, type SidecarScopeProps } from './sidecar-scope';
export { Timeout, type TimeoutProps } from './timeout';
export { TrafficSplit, type TrafficSplitProps } from './traffic-split';
export { Tunnel, type TunnelProps } from './tunnel';
export { VmService, type VmServiceProps, type VmVersion } from './vm-service';
export {
  all,
  any,
  authority,
  cookie,
  gateway,
  header,
  Match,
  method,
  not,
  path,
  planChange,
  port,
  query,
  scheme,
  sourceLabels,
  sourceNamespace,
  userAgent,
  type GatewayRef,
  type GatewayTls,
  type HeaderMatcher,
  type LoadExpectation,
  type LoadSettings,
  type PresenceMatcher,
  type Call,
  type CanaryShare,
  type CertificateIssuer,
  type ChangePlan,
  type ChangeStep,
  type ConnectionConditions,
  type EffectiveLimits,
  type PoolLimits,
  type RoutePolicy,
  type SessionAffinity,
  type ExternalResolution,
  type MirrorTarget,
  type Protocol,
  type ServicePort,
  type ServiceVersion,
  type TextMatcher,
} from '../lib/traffic';
export {
  didYouMean,
  formatIssue,
  IssueError,
  suggestion,
  type Issue,
  type KubeObject,
  type Manifest,
  type ObjectMetadata,
  type ObjectRef,
  type RelatedPlace,
  type Severity,
} from '../lib/manifest';
