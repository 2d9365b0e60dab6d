import { parseAllDocuments } from 'yaml';
import type { KindFacts, ObjectShape, PrinterColumn, Shape } from '../shape';
import { readConstraint } from './read-constraint';
import { shapeName } from './shape-names';

/** A schema of a CRD, as the file has it. */
interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema;
  required?: string[];
  enum?: string[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  nullable?: boolean;
  oneOf?: Alternative[];
  allOf?: { oneOf?: Alternative[] }[];
  'x-kubernetes-validations'?: { rule: string }[];
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-list-map-keys'?: string[];
}

interface Alternative {
  required?: string[];
  not?: unknown;
}

interface Crd {
  kind?: string;
  spec: {
    group: string;
    scope: 'Namespaced' | 'Cluster';
    names: {
      kind: string;
      plural: string;
      singular: string;
      listKind: string;
      shortNames?: string[];
      categories?: string[];
    };
    versions: {
      name: string;
      served: boolean;
      storage: boolean;
      additionalPrinterColumns?: { name: string; type: string; jsonPath: string }[];
      schema: { openAPIV3Schema: Schema };
    }[];
  };
}

/** What one CRD file says. */
export interface ReadCrds {
  readonly kinds: Readonly<Record<string, KindFacts>>;
  readonly shapes: Readonly<Record<string, ObjectShape>>;
}

/** Durations of Istio's API that the schema calls plain strings. */
const UNSTATED_DURATIONS = ['.httpCookie.ttl', '.tcp.idleTimeout', '.retryBudget.budgetInterval'];

/** A copy without the fields that have no value. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

function groupsOf(schema: Schema): string[][] {
  return [schema, ...(schema.allOf ?? [])]
    .map((part) => (part.oneOf ?? []).flatMap((alternative) => alternative.required ?? []))
    .filter((group) => group.length > 0);
}

/** Reads the official CRD file: the kinds it defines and every object inside them. */
export function readCrds(text: string): ReadCrds {
  const shapes = new Map<string, ObjectShape>();
  const kinds: Record<string, KindFacts> = {};

  const rulesOf = (schema: Schema): Pick<ObjectShape, 'rules'> => {
    const rules = (schema['x-kubernetes-validations'] ?? []).map((validation) => readConstraint(validation.rule));
    // The official files state one rule twice, in the other order; once is enough.
    const distinct = new Map(
      rules.map((rule) => ['fields' in rule ? rule.rule + [...rule.fields].sort().join() : JSON.stringify(rule), rule]),
    );
    return distinct.size === 0 ? {} : { rules: [...distinct.values()] };
  };

  const objectShape = (schema: Schema, place: string): ObjectShape => {
    const groups = groupsOf(schema);
    return present({
      fields: Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, field]) => [name, shapeOf(field, `${place}.${name}`)]),
      ),
      ...(schema.required === undefined ? {} : { required: schema.required }),
      ...(groups.length === 0 ? {} : { oneOf: groups }),
      ...(schema['x-kubernetes-preserve-unknown-fields'] ? { open: true as const } : {}),
      ...rulesOf(schema),
    });
  };

  const shapeOf = (schema: Schema, place: string): Shape => {
    const shared = { ...(schema.nullable ? { nullable: true as const } : {}), ...rulesOf(schema) };
    if (schema['x-kubernetes-int-or-string']) return { type: 'int-or-string' };
    switch (schema.type) {
      case 'string':
        return present({
          type: 'string',
          enum: schema.enum,
          pattern: schema.pattern,
          minLength: schema.minLength,
          maxLength: schema.maxLength,
          format: schema.format as 'byte' | undefined,
          isDuration: UNSTATED_DURATIONS.some((end) => place.endsWith(end)) ? true : undefined,
          ...shared,
        }) as Shape;
      case 'integer':
      case 'number':
        return present({
          type: schema.type,
          minimum: schema.minimum,
          maximum: schema.maximum,
          format: schema.format as 'int32' | undefined,
          ...shared,
        }) as Shape;
      case 'boolean':
        return { type: 'boolean', ...shared };
      case 'array':
        return present({
          type: 'list',
          items: shapeOf(schema.items ?? {}, `${place}[]`),
          minItems: schema.minItems,
          maxItems: schema.maxItems,
          keys: schema['x-kubernetes-list-map-keys'],
          ...shared,
        }) as Shape;
      case 'object': {
        if (schema.additionalProperties) {
          return present({
            type: 'map',
            values: shapeOf(schema.additionalProperties, `${place}{}`),
            minEntries: schema.minProperties,
            maxEntries: schema.maxProperties,
            ...shared,
          }) as Shape;
        }
        if (schema.properties === undefined) return { type: 'any' };
        const name = shapeName(place);
        const shape = objectShape(schema, place);
        const known = shapes.get(name);
        if (known !== undefined && JSON.stringify(known) !== JSON.stringify(shape)) {
          throw new Error(`${place} is called ${name}, but another ${name} has other fields`);
        }
        shapes.set(name, shape);
        return { type: 'object', name };
      }
      default:
        throw new Error(`The schema at ${place} has the unknown type ${String(schema.type)}`);
    }
  };

  for (const document of parseAllDocuments(text)) {
    const crd = document.toJS() as Crd | null;
    if (crd?.kind !== 'CustomResourceDefinition') continue;
    const { group, names, scope, versions } = crd.spec;
    const stored = versions.find((version) => version.storage);
    if (stored === undefined) throw new Error(`${names.kind} has no stored version`);
    const root = stored.schema.openAPIV3Schema;
    const spec = shapeOf(root.properties?.['spec'] ?? {}, `${names.kind}.spec`);
    shapeOf(root.properties?.['status'] ?? {}, `${names.kind}.status`);
    if (spec.type !== 'object') throw new Error(`The spec of ${names.kind} is not an object`);
    const served = versions.filter((version) => version.served).map((version) => version.name);
    const preferred = served.includes('v1') ? 'v1' : (served[0] ?? stored.name);
    kinds[names.kind] = {
      group,
      apiVersion: `${group}/${preferred}`,
      plural: names.plural,
      singular: names.singular,
      listKind: names.listKind,
      shortNames: names.shortNames ?? [],
      categories: names.categories ?? [],
      scope,
      versions: served,
      storage: stored.name,
      spec: spec.name,
      isSpecRequired: root.required?.includes('spec') ?? false,
      columns: (stored.additionalPrinterColumns ?? []).map(({ name, type, jsonPath }): PrinterColumn => ({
        name,
        type,
        jsonPath,
      })),
    };
  }
  return { kinds, shapes: Object.fromEntries([...shapes].sort(([a], [b]) => (a < b ? -1 : 1))) };
}
