export { existingMesh, type ExistingMeshOptions } from './resolve/existing-mesh';
export * from './forms';
export { gatewayObjects, meshGatewayOf } from './gateway-objects';
export { installManifests, installWarnings } from './install';
export * from './options/mesh-options';
export * from './resolve/mesh-ref';
export { fromOperator, type FromOperatorOptions } from './options/operator/from-operator';
export { PROFILES, type ProfileName } from './options/profiles';
export { resolveInstall, type ResolvedInstall } from './resolve/resolve';
export {
  besideIssues,
  installedRevisions,
  unservedRevisions,
  type InstalledRevision,
  type RevisionInUse,
} from './objects/revisions';
export { RUNTIME_FIELDS, runtimeFieldsOf, type RuntimeField } from './objects/runtime-fields';
export { meshSettings } from './resolve/settings';
export { specOfOptions } from './options/spec-of-options';
export type {
  Components,
  ComponentSpec,
  GatewaySpec,
  InstallSpec,
  KubernetesSettings,
  Overlay,
  PathPatch,
} from './options/spec';
export type { GatewayPort, MeshConfig, ProxyConfig, Values } from './options/values';
export { ISTIO_CHARTS, ISTIO_HUB, ISTIO_LINES, ISTIO_VERSION } from './options/version';
export type { GatewayAutoscaling, GatewayOptions, MountedSecret } from './options/gateway-options';
export { injectionTemplates } from './templates';
