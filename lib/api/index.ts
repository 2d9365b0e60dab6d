/* eslint-disable @typescript-eslint/no-require-imports -- what needs the shapes of all kinds is loaded when it is called */
import type { Issue } from '../findings';
import type * as Crd from './crd';
import type * as Shapes from './generated/shapes';
import type { IstioKind } from './generated/kinds';
import type { ObjectShapes } from './shape';
import type * as Validate from './validate';

export type { Condition, Constraint } from './constraint';
export type { CrdOptions, CrdSchema, CrdVersion, CustomResourceDefinition } from './crd';
export { duration, durationNanoseconds, type Duration } from '../json';
export * from './generated/kinds';
export * from './generated/types';
export { BASE_RELEASE, ISTIO_RELEASES, type IstioRelease } from './generated/releases';
export { isIstioObject } from './istio-object';
export type { Json, JsonObject } from '../json';
export { oneIssuePerPlace } from '../findings';
export { releaseOf } from './release';
export type { KindFacts, ObjectShapes, PrinterColumn, Shape } from './shape';
export type { ValidateOptions } from './validate';

let validateModule: typeof Validate | undefined;

/**
 * Everything that the Kubernetes API server and Istio's webhook would refuse, or warn of, in one object: unknown
 * fields, wrong types, values out of range, fields that exclude each other, and Istio's own rules. An object of a
 * group that is not Istio's has no issues here. Each issue says `by` whom; where both refuse the same thing, there are
 * two issues ({@link oneIssuePerPlace} makes them one for people). Late values are unknown, never wrong.
 *
 * @throws Error for an `istioVersion` whose API is not known.
 */
export function validate(object: unknown, options?: Validate.ValidateOptions): Issue[] {
  validateModule ??= require('./validate') as typeof Validate;
  return validateModule.validate(object, options);
}

/**
 * The CustomResourceDefinition of an Istio kind: structural schema, CEL rules, printer columns, versions, scope and
 * names are those of Istio; words and CEL are written here from the same shape that the types and {@link validate}
 * come from. Helm leaves it in the cluster when the release that owns it goes.
 *
 * @throws Error for a kind that the release lacks, or a release that is not known.
 */
export function crd(kind: IstioKind, options?: Crd.CrdOptions): Crd.CustomResourceDefinition {
  return (require('./crd') as typeof Crd).crd(kind, options);
}

/** The shape of every object in Istio's API, by name: what {@link validate} and {@link crd} are made from. */
export function objectShapes(): ObjectShapes {
  return (require('./generated/shapes') as typeof Shapes).SHAPES;
}
