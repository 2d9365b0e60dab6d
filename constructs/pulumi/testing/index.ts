export type { LogLine } from './engine-server';
export { ProgramRun } from './program-run';
export { UNKNOWN, type DecodedProperties } from './property-value';
export { PulumiProgram, type PulumiProgramOptions } from './pulumi-program';
export type { RegisteredAlias, RegisteredResource } from './registered-resource';
export type { Step, StepKind } from './steps';
