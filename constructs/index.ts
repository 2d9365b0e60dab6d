export { ArgoRollout, type ArgoRolloutProps, type ArgoStep } from './traffic';
export { BlueGreen, type BlueGreenPreview, type BlueGreenProps } from './traffic';
export { Canary, type CanaryProps } from './traffic';
export {
  AccessPolicy,
  DenyAll,
  ExternalAuthorization,
  type AccessPolicyProps,
  type AccessRule,
  type AccessSource,
  type DenyAllProps,
  type ExternalAuthorizationProps,
} from './security';
export { addCheck } from './tree';
export { EnvoyPatches, type EnvoyPatchesProps } from './envoy';
export { JwtAuth, type JwtAuthProps } from './security';
export { MutualTls, type MutualTlsProps, type PlainClient } from './security';
export { ISTIO_INGRESS_PODS } from '../lib/targets';
export type { ExistingGatewayPods, Workload, WorkloadPort, WorkloadRef } from '../lib/targets';
export { gatewayPrincipal, type GatewayLike, type LabeledWorkload, type Target } from './security';
export { GlobalRateLimit, LocalRateLimit, type GlobalRateLimitProps, type LocalRateLimitProps } from './envoy';
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
export { CircuitBreaker, type BreakerConnections, type BreakerEjection, type CircuitBreakerProps } from './traffic';
export { ClientTls, type ClientTlsProps } from './traffic';
export { ConnectionPool, type ConnectionPoolProps } from './traffic';
export { ConnectionRoute, type ConnectionRouteProps } from './traffic';
export { Cors, type CorsProps } from './traffic';
export { DelegateRoute, type DelegateRouteProps } from './traffic';
export { DirectResponse, type DirectResponseProps } from './traffic';
export { Environments, type EnvironmentProgram, type EnvironmentsProps } from './app';
export { defaultIngressPods, EgressGateway, type EgressGatewayProps } from './gateway';
export { ExternalService, type ExternalServiceProps } from './service';
export { FaultInjection, type FaultAbort, type FaultDelay, type FaultInjectionProps } from './traffic';
export { FlaggerCanary, type FlaggerAnalysis, type FlaggerCanaryProps } from './traffic';
export { FortioLoad, type FortioLoadProps } from './traffic';
export { HeaderChange, type HeaderChangeProps } from './traffic';
export { HeaderRoute, type HeaderRouteProps } from './traffic';
export { HostTraffic, type HostDescription } from './host';
export type { GatewayPodOptions } from './gateway';
export {
  IngressGateway,
  type DelegateOptions,
  type ExposeOptions,
  type ExposeTcpOptions,
  type IngressGatewayProps,
} from './gateway';
export { IstioObject, type IstioObjectProps } from './api';
export * from './api';
export type { ArgoCdLayout, FluxLayout, FluxSource } from '../lib/gitops';
export type { Diff, ObjectDiff } from '../lib/diff';
export type { Layout, PlainLayout } from '../lib/output';
export type { WriteFilesResult } from '../lib/output';
export { LoadBalancing, type LoadBalancingProps } from './traffic';
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
export type { GatewayAutoscaling, GatewayOptions, MountedSecret } from '../lib/install';
export type { GatewayPort } from '../lib/install';
export type { DataPlane, MeshGatewayPort } from '../lib/install';
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
} from '../lib/install';
export type { Components, ComponentSpec, KubernetesSettings } from '../lib/install';
export { Mesh, type MeshFromOperatorProps, type MeshOutput, type MeshProps } from './mesh';
export { MeshApp, type MeshAppProps, type SynthReport, type SynthResult } from './app';
export { MeshChart, type Injection, type MeshChartProps } from './chart';
export { MeshService } from './service';
export type { MeshServicePort, MeshServiceProps, MeshServiceVersion } from './service';
export { Mirror, type MirrorProps } from './traffic';
export { NamedService, type NamedServiceProps, type NamedServiceVersion } from './service';
export type { OtherService } from './host';
export { PodInjection, type PodInjectionProps } from './chart';
export type {
  EnvoyLogLevel,
  InjectionMode,
  ProxyResources,
  SidecarOptions,
  StatsInclusion,
  TrafficCapture,
} from '../lib/injection';
export { Redirect, type RedirectProps } from './traffic';
export { Retry, type RetryCondition, type RetryProps } from './traffic';
export { Rewrite, type RewriteProps } from './traffic';
export { RouteGroup, type RouteGroupEntry } from './host';
export type { Scenario } from './chart';
export type { ServiceRef } from './host';
export { SidecarScope, type SidecarScopeProps } from './traffic';
export { Timeout, type TimeoutProps } from './traffic';
export { TrafficSplit, type TrafficSplitProps } from './traffic';
export { Tunnel, type TunnelProps } from './traffic';
export { VmService, type VmServiceProps, type VmVersion } from './service';
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
  type ObjectRef,
  type RelatedPlace,
  type Severity,
} from '../lib/findings';
export type { KubeObject, Manifest, ObjectMetadata } from '../lib/manifest';
