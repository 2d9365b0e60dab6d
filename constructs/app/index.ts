export { type EnvironmentProgram, Environments, type EnvironmentsProps } from './environments';
export { MeshApp, type MeshAppProps, type SynthReport, type SynthResult } from './mesh-app';
