export * from './inject';
export type { SkipReason } from './injection-required';
export * from './modes';
export * from './mode-issues';
export * from './sidecar-options';
export { injectionSettings, settingsOfMesh, type InjectionSettings, type SettingsParts } from './settings';
export type { Workload } from './deployment-meta';
export type { Json, JsonObject } from './strategic-merge';
