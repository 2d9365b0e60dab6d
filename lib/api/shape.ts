import type { Constraint } from './constraint';

interface Ruled {
  /** JSON null is as good as absence. */
  readonly nullable?: true;
  readonly rules?: readonly Constraint[];
}

export interface StringShape extends Ruled {
  readonly type: 'string';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: 'byte' | 'date-time';
  /** Istio reads it as a duration, though the schema does not say so. */
  readonly isDuration?: true;
}

export interface NumberShape extends Ruled {
  readonly type: 'integer' | 'number';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: 'int32' | 'double';
}

export interface BooleanShape extends Ruled {
  readonly type: 'boolean';
}

export interface ListShape extends Ruled {
  readonly type: 'list';
  readonly items: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Fields that together are unique among the items. */
  readonly keys?: readonly string[];
}

export interface MapShape extends Ruled {
  readonly type: 'map';
  readonly values: Shape;
  readonly minEntries?: number;
  readonly maxEntries?: number;
}

/** An object with fields, by its name in the table of objects. */
export interface RefShape {
  readonly type: 'object';
  readonly name: string;
}

/** Any JSON object. */
export interface AnyShape {
  readonly type: 'any';
}

export interface IntOrStringShape {
  readonly type: 'int-or-string';
}

/** What one value may be. */
export type Shape =
  StringShape | NumberShape | BooleanShape | ListShape | MapShape | RefShape | AnyShape | IntOrStringShape;

/** What one object may hold. */
export interface ObjectShape {
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Groups of fields of which at most one is there. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Fields that are not listed pass. */
  readonly open?: true;
  readonly rules?: readonly Constraint[];
}

/** The shapes of one Istio release: every named object, by name. */
export type ObjectShapes = Readonly<Record<string, ObjectShape>>;

/** A column that `kubectl get` prints. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
}

/** What the API server knows of a kind besides its fields. */
export interface KindFacts {
  readonly group: string;
  /** The `apiVersion` to write: `v1` where it is served, else the only version there is. */
  readonly apiVersion: string;
  readonly plural: string;
  readonly singular: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  /** Served versions, in the order of the CRD. */
  readonly versions: readonly string[];
  /** The version the API server stores. */
  readonly storage: string;
  /** Name of the shape of `spec`. */
  readonly spec: string;
  readonly isSpecRequired: boolean;
  readonly columns: readonly PrinterColumn[];
}
