export { existingMesh, type ExistingMeshOptions } from './existing-mesh';
export * from './forms';
export { gatewayObjects, meshGatewayOf, type GatewayOptions } from './gateway-objects';
export { installManifests, installWarnings } from './install';
export * from './mesh-options';
export * from './mesh-ref';
export { fromOperator, type FromOperatorOptions } from './operator/from-operator';
export { PROFILES, type ProfileName } from './profiles';
export { resolveInstall, type ResolvedInstall } from './resolve';
export {
  besideIssues,
  installedRevisions,
  unservedRevisions,
  type InstalledRevision,
  type RevisionInUse,
} from './revisions';
export { RUNTIME_FIELDS, runtimeFieldsOf, type RuntimeField } from './runtime-fields';
export { meshSettings } from './settings';
export { specOfOptions } from './spec-of-options';
export type {
  Components,
  ComponentSpec,
  GatewaySpec,
  InstallSpec,
  KubernetesSettings,
  Overlay,
  PathPatch,
} from './spec';
export type { MeshConfig, ProxyConfig, Values } from './values';
export { ISTIO_CHARTS, ISTIO_HUB, ISTIO_LINES, ISTIO_VERSION } from './version';
export type { GatewayAutoscaling, MountedSecret } from './gateway-objects';
export type { GatewayPort } from './gateways/gateway-values';
export { injectionTemplates } from './templates';
