export type { Condition, Constraint } from './constraint';
export { duration, durationNanoseconds, type Duration } from './duration';
export * from './generated/kinds';
export * from './generated/types';
export { BASE_RELEASE, ISTIO_RELEASES, type IstioRelease } from './generated/releases';
export type { Json, JsonObject } from './json';
export type { KindFacts, PrinterColumn } from './shape';
export { isIstioObject, oneIssuePerPlace, validate, type ValidateOptions } from './validate';
export { releaseOf } from './release';
