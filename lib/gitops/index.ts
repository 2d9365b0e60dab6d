export type { ArgoCdLayout } from './argo-cd';
export type { FluxLayout, FluxSource } from './flux';
export { kustomizeOverlays } from './kustomize-overlays';
export { layOut, PLAIN_LAYOUTS, type Layout, type PlainLayout } from './layout';
export { parseLayout } from './parse-layout';
export { ownedFields, type OwnedField } from './owned-fields';
export { canonical } from './canonical';
export { diffObjects, type Diff, type DiffSide, type FieldChange, type ObjectDiff } from './diff';
export { formatDiff, formatDiffMarkdown, summaryOf } from './format-diff';
