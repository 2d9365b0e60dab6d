export * from './inject';
export type { SkipReason } from './injection-required';
export * from './modes';
export * from './mode-issues';
export {
  metadataIssues,
  objectMetadataIssues,
  knownMetadata,
  isIstioName,
  type MetadataPlace,
} from './metadata-issues';
export { KNOWN_METADATA, type KnownMetadata, type ValueForm } from './metadata-table';
export * from './sidecar-options';
export { injectionSettings, settingsOfMesh, type InjectionSettings, type SettingsParts } from './settings';
export type { Workload } from './deployment-meta';
export * from './injected-object';
export { proxyConfigOfResources, type SelectedPod } from './proxy-config-resources';
export { notSelectedBecause } from './webhook-selection';
export { objectAt, withObjectAt, workloadKind, type WorkloadKind } from './workload-kinds';
