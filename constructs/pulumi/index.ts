export { fromProgram, liveId } from './adoption';
export { KubeResource } from './kube-resource';
export { Late } from './late';
export { MeshStack, type BuildStack } from './mesh-stack';
export { MeshStackError } from './mesh-stack-error';
export type { MeshStackOptions, ObjectOptions } from './mesh-stack-options';
export type { OwnedField } from '../../lib/gitops/owned-fields';
