import { ANY, ANY_MAP, ANY_SLICE, FLOAT64, INT64, isIntegerKind, type GoType } from './go-type';
import { integer } from './typed-value';
import { GoFloat, GoFunction, GoInt, GoMap, GoPointer, GoSlice, GoStruct, type Value } from './value';

function isGoValue(raw: unknown): raw is Exclude<Value, null | undefined | string | boolean | number> {
  return (
    raw instanceof GoMap ||
    raw instanceof GoSlice ||
    raw instanceof GoStruct ||
    raw instanceof GoInt ||
    raw instanceof GoFloat ||
    raw instanceof GoPointer ||
    raw instanceof GoFunction
  );
}

/** The zero value of a type. */
export function zeroOf(type: GoType): Value {
  return decode(undefined, type);
}

function decodeAny(raw: unknown): Value {
  switch (typeof raw) {
    case 'string':
    case 'boolean':
      return raw;
    case 'number':
      return new GoFloat(FLOAT64, raw);
    case 'bigint':
      return new GoInt(INT64, raw);
    case 'object':
      if (raw === null) return null;
      if (Array.isArray(raw)) return new GoSlice(ANY_SLICE, raw.map(decodeAny));
      return new GoMap(ANY_MAP, new Map(), { raw: raw as Readonly<Record<string, unknown>>, decode });
    default:
      return null;
  }
}

/**
 * A value of Go's type `type` from its JSON form, as encoding/json decodes it: into an `interface {}` every number is
 * a float64, every object a map. Absent and null become the zero value. A value that does not fit the type (an
 * unresolved token where a number belongs) stays what it is. Containers convert their content when it is read.
 */
export function decode(raw: unknown, type: GoType = ANY): Value {
  if (isGoValue(raw)) return raw;
  switch (type.kind) {
    case 'interface':
    case 'reflect':
      return decodeAny(raw);
    case 'string':
      return raw === null || raw === undefined ? '' : decodeAny(raw);
    case 'bool':
      return raw === null || raw === undefined ? false : decodeAny(raw);
    case 'float32':
    case 'float64':
      if (raw === null || raw === undefined) return new GoFloat(type, 0);
      return typeof raw === 'number' ? new GoFloat(type, raw) : decodeAny(raw);
    case 'slice':
      if (raw === null || raw === undefined) return new GoSlice(type, [], true);
      return Array.isArray(raw)
        ? new GoSlice(
            type,
            raw.map((item) => decode(item, type.elem ?? ANY_SLICE)),
          )
        : decodeAny(raw);
    case 'map':
      if (raw === null || raw === undefined) return new GoMap(type, new Map(), undefined, true);
      return typeof raw === 'object' && !Array.isArray(raw)
        ? new GoMap(type, new Map(), { raw: raw as Readonly<Record<string, unknown>>, decode })
        : decodeAny(raw);
    case 'ptr':
      return new GoPointer(
        type,
        raw === null || raw === undefined || type.elem === undefined ? undefined : decode(raw, type.elem),
      );
    case 'struct':
      if (raw === null || raw === undefined) return new GoStruct(type, {}, decode);
      return typeof raw === 'object'
        ? new GoStruct(type, raw as Readonly<Record<string, unknown>>, decode)
        : decodeAny(raw);
    case 'func':
      return null;
    default:
      return decodeInteger(raw, type);
  }
}

function decodeInteger(raw: unknown, type: GoType): Value {
  if (!isIntegerKind(type.kind)) return decodeAny(raw);
  if (raw === null || raw === undefined) return integer(0n, type);
  if (typeof raw === 'bigint') return integer(raw, type);
  return typeof raw === 'number' && Number.isInteger(raw) ? integer(BigInt(raw), type) : decodeAny(raw);
}
