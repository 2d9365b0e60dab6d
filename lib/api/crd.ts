import type { Constraint } from './constraint';
import { constraintToCel } from './constraint-to-cel';
import { describeField, describeObject } from './descriptions';
import type { IstioKind } from './generated/kinds';
import { BASE_RELEASE } from './generated/releases';
import { releaseApi, releaseOf } from './release';
import type { KindFacts, ObjectShape, ObjectShapes, Shape } from './shape';

/** A schema as CustomResourceDefinitions have it: plain JSON. */
export type CrdSchema = Readonly<Record<string, unknown>>;

/** A CustomResourceDefinition of `apiextensions.k8s.io/v1`. */
export interface CustomResourceDefinition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly group: string;
    readonly names: {
      readonly kind: string;
      readonly listKind: string;
      readonly plural: string;
      readonly singular: string;
      readonly shortNames?: readonly string[];
      readonly categories: readonly string[];
    };
    readonly scope: 'Namespaced' | 'Cluster';
    readonly versions: readonly CrdVersion[];
  };
}

/** One served version of a CustomResourceDefinition. */
export interface CrdVersion {
  readonly name: string;
  readonly served: true;
  readonly storage: boolean;
  readonly additionalPrinterColumns?: readonly Readonly<Record<string, string>>[];
  readonly subresources: { readonly status: Readonly<Record<string, never>> };
  readonly schema: { readonly openAPIV3Schema: CrdSchema };
}

/** How a CRD is made. */
export interface CrdOptions {
  /**
   * The Istio release whose API the CRD describes.
   *
   * @default - 1.30.3
   */
  readonly istioVersion?: string | undefined;
}

/** A schema without the fields that have no value. */
function schemaOf(fields: Readonly<Record<string, unknown>>): CrdSchema {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function validations(rules: readonly Constraint[] | undefined): readonly unknown[] | undefined {
  return rules === undefined ? undefined : rules.map(constraintToCel);
}

/** "None of these, or one of these, and never two", which is how a structural schema says it. */
function oneOf(fields: readonly string[]): CrdSchema {
  const each = fields.map((field) => ({ required: [field] }));
  return { oneOf: [{ not: { anyOf: each } }, ...each] };
}

class SchemaWriter {
  constructor(private readonly shapes: ObjectShapes) {}

  object(name: string, description: string | undefined): CrdSchema {
    const shape = this.shapes[name];
    if (shape === undefined) throw new Error(`There is not an object called ${name}`);
    const groups = shape.oneOf ?? [];
    return schemaOf({
      description: description ?? describeObject(name),
      type: 'object',
      properties: this.properties(name, shape),
      required: shape.required,
      ...(groups.length === 1 ? oneOf(groups[0] ?? []) : {}),
      allOf: groups.length > 1 ? groups.map(oneOf) : undefined,
      'x-kubernetes-preserve-unknown-fields': shape.open,
      'x-kubernetes-validations': validations(shape.rules),
    });
  }

  private properties(name: string, shape: ObjectShape): CrdSchema {
    return Object.fromEntries(
      Object.entries(shape.fields).map(([field, value]) => {
        const words = describeField(name, field);
        const text = words?.deprecated === undefined ? words?.text : `${words.text} Deprecated: ${words.deprecated}`;
        return [field, this.schema(value, text)];
      }),
    );
  }

  private schema(shape: Shape, description: string | undefined): CrdSchema {
    switch (shape.type) {
      case 'object':
        return this.object(shape.name, description);
      case 'any':
        return schemaOf({ description, type: 'object', 'x-kubernetes-preserve-unknown-fields': true });
      case 'int-or-string':
        return schemaOf({
          description,
          anyOf: [{ type: 'integer' }, { type: 'string' }],
          'x-kubernetes-int-or-string': true,
        });
      case 'list':
        return schemaOf({
          description,
          type: 'array',
          items: this.schema(shape.items, undefined),
          minItems: shape.minItems,
          maxItems: shape.maxItems,
          'x-kubernetes-list-type': shape.keys === undefined ? undefined : 'map',
          'x-kubernetes-list-map-keys': shape.keys,
          'x-kubernetes-validations': validations(shape.rules),
        });
      case 'map':
        return schemaOf({
          description,
          type: 'object',
          additionalProperties: this.schema(shape.values, undefined),
          minProperties: shape.minEntries,
          maxProperties: shape.maxEntries,
          'x-kubernetes-validations': validations(shape.rules),
        });
      case 'boolean':
        return schemaOf({ description, type: 'boolean', nullable: shape.nullable });
      case 'integer':
      case 'number':
        return schemaOf({
          description,
          type: shape.type,
          format: shape.format,
          minimum: shape.minimum,
          maximum: shape.maximum,
          nullable: shape.nullable,
          'x-kubernetes-validations': validations(shape.rules),
        });
      case 'string':
        return schemaOf({
          description,
          type: 'string',
          format: shape.format,
          enum: shape.enum,
          pattern: shape.pattern,
          minLength: shape.minLength,
          maxLength: shape.maxLength,
          nullable: shape.nullable,
          'x-kubernetes-validations': validations(shape.rules),
        });
    }
  }
}

function versionsOf(kind: string, facts: KindFacts, shapes: ObjectShapes): CrdVersion[] {
  const writer = new SchemaWriter(shapes);
  const schema = schemaOf({
    description: describeObject(facts.spec) ?? kind,
    type: 'object',
    properties: { spec: writer.object(facts.spec, undefined), status: writer.object('IstioStatus', undefined) },
    required: facts.isSpecRequired ? ['spec'] : undefined,
  });
  return facts.versions.map((name) => ({
    name,
    served: true,
    storage: name === facts.storage,
    ...(facts.columns.length === 0 ? {} : { additionalPrinterColumns: facts.columns.map((column) => ({ ...column })) }),
    subresources: { status: {} },
    schema: { openAPIV3Schema: schema },
  }));
}

/**
 * The CustomResourceDefinition of an Istio kind: structural schema, CEL rules, printer columns, versions, scope and
 * names are those of Istio; words and CEL are written here from the same shape that the types and {@link validate}
 * come from. Helm leaves it in the cluster when the release that owns it goes.
 *
 * @throws Error for a kind that the release lacks, or a release that is not known.
 */
export function crd(kind: IstioKind, options: CrdOptions = {}): CustomResourceDefinition {
  const api = releaseApi(options.istioVersion === undefined ? BASE_RELEASE : releaseOf(options.istioVersion));
  const facts = api.kinds[kind];
  if (facts === undefined) throw new Error(`Istio ${api.release} has no kind ${kind}.`);
  const { group, plural, singular, listKind, shortNames, categories, scope } = facts;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      labels: { app: 'istio-pilot', release: 'istio' },
      annotations: { 'helm.sh/resource-policy': 'keep' },
    },
    spec: {
      group,
      names: {
        kind,
        listKind,
        plural,
        singular,
        ...(shortNames.length === 0 ? {} : { shortNames }),
        categories,
      },
      scope,
      versions: versionsOf(kind, facts, api.shapes),
    },
  };
}
