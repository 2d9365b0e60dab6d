export { canonical } from './canonical';
export { diffObjects, type Diff, type DiffSide, type FieldChange, type ObjectDiff } from './diff';
export { formatDiff, formatDiffMarkdown, summaryOf } from './format-diff';
