import { type FieldShape, isObject, type Json, type JsonObject, shapeOf } from '../json';
import { canonicalQuantity } from './quantity';

function isZero(value: Json): boolean {
  return value === null || value === 0 || value === false || value === '';
}

function isEmpty(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return !isObject(value) || Object.keys(value).length === 0;
}

function printMap(value: JsonObject, convert: (item: Json) => Json): JsonObject {
  const keys = Object.keys(value);
  const result: Record<string, Json> = {};
  for (const key of keys.length < 2 ? keys : keys.sort()) {
    const item = value[key];
    if (item !== undefined) result[key] = convert(item);
  }
  return result;
}

const asQuantity = (item: Json): Json =>
  typeof item === 'string' || typeof item === 'number' ? canonicalQuantity(item) : (item ?? '0');

/** One field as it is printed; undefined when it is left out. */
function printField(value: Json | undefined, shape: FieldShape): Json | undefined {
  if (value === undefined || value === null) {
    if (shape.presence !== 'required') return undefined;
    return shape.form === 'object' ? {} : shape.form === 'quantity' ? '0' : undefined;
  }
  switch (shape.form) {
    case 'quantity':
      return asQuantity(value);
    case 'quantities':
      return isEmpty(value) || !isObject(value) ? undefined : printMap(value, asQuantity);
    case 'map':
      return isEmpty(value) || !isObject(value) ? undefined : printMap(value, (item) => item);
    case 'list':
      if (!Array.isArray(value)) return value;
      if (value.length === 0) return shape.presence === 'required' ? [] : undefined;
      return shapeOf(shape.type) === undefined
        ? (value as readonly Json[])
        : (value as readonly Json[]).map((item) => (isObject(item) ? asPrinted(item, shape.type ?? '') : item));
    case 'object':
      return isObject(value) ? asPrinted(value, shape.type ?? '') : value;
    case 'scalar':
      return shape.presence === 'value' && isZero(value) ? undefined : value;
  }
}

/**
 * An object as Kubernetes' own types print it, which is how it comes back from the API server: fields in the order of
 * the API, nulls and empty values left out, `resources: {}` where the API has it always, quantities in canonical form.
 * Fields unknown to this version of the API stay, at the end.
 */
export function asPrinted(value: JsonObject, type: string): JsonObject {
  if (!Object.isFrozen(value)) return print(value, type);
  const known = printed.get(value);
  if (known?.type === type) return known.value;
  const result = Object.freeze(print(value, type));
  printed.set(value, { type, value: result });
  return result;
}

/** What frozen objects are printed as: they are shared between pods, so they come again. */
const printed = new WeakMap<JsonObject, { readonly type: string; readonly value: JsonObject }>();

function print(value: JsonObject, type: string): JsonObject {
  const shapes = shapeOf(type);
  if (shapes === undefined) return value;
  const result: Record<string, Json> = {};
  for (const [name, shape] of shapes) {
    const given = value[name];
    if (given === undefined && shape.presence !== 'required') continue;
    const field = printField(given, shape);
    if (field !== undefined) result[name] = field;
  }
  for (const name in value) {
    const item = value[name];
    if (item !== undefined && !shapes.has(name)) result[name] = item;
  }
  return result;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON text as Go's encoding/json writes it: with the signs of HTML escaped. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => ESCAPED[sign] ?? sign);
}
