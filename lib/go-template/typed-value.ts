import { ANY_MAP, ANY_SLICE, BOOL, INT, STRING, STRING_SLICE, isIntegerKind } from './go-type';
import { GoInt, GoMap, GoSlice, type Key, type Value, type GoType } from './value';

/** The type of a value as Go's reflection has it; undefined for no value and for nil. */
export function typeOf(value: Value): GoType | undefined {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'boolean':
      return BOOL;
    case 'number':
      return INT;
    case 'undefined':
      return undefined;
    default:
      return value === null ? undefined : value.type;
  }
}

/** The integer a value holds, of whatever integer type; undefined when it holds none. */
export function integerOf(value: Value): bigint | undefined {
  if (typeof value === 'number') return BigInt(value);
  return value instanceof GoInt && isIntegerKind(value.type.kind) ? value.value : undefined;
}

/** An integer as a value of `type`; a plain number where Go has an `int`. */
export function integer(value: bigint, type: GoType = INT): Value {
  if (type === INT && value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) {
    return Number(value);
  }
  return new GoInt(type, value);
}

/** A `[]interface {}`. */
export function anySlice(items: readonly Value[]): GoSlice {
  return new GoSlice(ANY_SLICE, items);
}

/** A `[]string`. */
export function stringSlice(items: readonly string[]): GoSlice {
  return new GoSlice(STRING_SLICE, items);
}

/** A `map[string]interface {}`. */
export function anyMap(entries: Iterable<readonly [string, Value]> = []): GoMap {
  return new GoMap(ANY_MAP, new Map<Key, Value>(entries as Iterable<[string, Value]>));
}
