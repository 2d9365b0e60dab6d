import { display, formatValue } from './format';
import { noFlags } from './format-flags';
import { isIntegerKind, type GoType } from './go-type';
import { integerOf, typeOf } from './typed-value';
import {
  FunctionError,
  GoFloat,
  GoMap,
  GoPointer,
  GoSlice,
  GoStruct,
  compareStrings,
  isNil,
  type Value,
} from './value';

type BasicKind = 'bool' | 'int' | 'uint' | 'float' | 'string' | undefined;

function basicKind(value: Value): BasicKind {
  const kind = typeOf(value)?.kind;
  if (kind === undefined) return undefined;
  if (kind === 'bool' || kind === 'string') return kind;
  if (isIntegerKind(kind)) return kind.startsWith('uint') ? 'uint' : 'int';
  return kind === 'float64' || kind === 'float32' ? 'float' : undefined;
}

function typeName(value: Value): string {
  return typeOf(value)?.name ?? '<nil>';
}

/** `%s` of a value, in which numbers show as the mistakes they are: what Go puts into these messages. */
function asString(value: Value): string {
  return formatValue(value, 's', noFlags());
}

/** Values of one basic kind as JavaScript compares them. */
function comparable(value: Value): string | number | bigint | boolean | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return value instanceof GoFloat ? value.value : integerOf(value);
}

function areBothIntegers(a: BasicKind, b: BasicKind): boolean {
  return (a === 'int' || a === 'uint') && (b === 'int' || b === 'uint');
}

/** Go compares structs that have neither slices nor maps in them. */
function isComparable(type: GoType): boolean {
  if (type.kind === 'struct') return [...(type.fields?.().values() ?? [])].every((field) => isComparable(field.type));
  return type.kind !== 'slice' && type.kind !== 'map' && type.kind !== 'func';
}

function areSame(left: GoStruct, right: GoStruct): boolean {
  if (left.type.name !== right.type.name) return false;
  return [...(left.type.fields?.().keys() ?? [])].every((name) => {
    const [a, b] = [left.field(name), right.field(name)];
    if (a instanceof GoStruct && b instanceof GoStruct) return areSame(a, b);
    if (a instanceof GoPointer && b instanceof GoPointer) return a.target === b.target;
    return comparable(a) === comparable(b);
  });
}

function equalsOne(left: Value, right: Value): boolean {
  const [a, b] = [basicKind(left), basicKind(right)];
  const isInvalid = (value: Value): boolean => value === null || value === undefined;
  if (a !== b) {
    if (areBothIntegers(a, b)) return integerOf(left) === integerOf(right);
    if (isInvalid(left) || isInvalid(right)) return false;
    throw new FunctionError(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`);
  }
  if (a !== undefined) return comparable(left) === comparable(right);
  const [leftKind, rightKind] = [typeOf(left)?.kind, typeOf(right)?.kind];
  if (leftKind !== rightKind && leftKind !== undefined && rightKind !== undefined) {
    throw new FunctionError(
      `non-comparable types ${asString(left)}: ${typeName(left)}, ${typeName(right)}: ${display(right)}`,
    );
  }
  if (isNil(left) || isNil(right)) return isNil(left) === isNil(right);
  if (left instanceof GoStruct && right instanceof GoStruct && isComparable(right.type)) return areSame(left, right);
  if (right instanceof GoMap || right instanceof GoSlice || right instanceof GoStruct) {
    throw new FunctionError(`non-comparable type ${asString(right)}: ${typeName(right)}`);
  }
  return right instanceof GoPointer && left instanceof GoPointer ? left.target === right.target : left === right;
}

/** `eq`: whether the first equals any of the others. */
export function isEqual(first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new FunctionError('missing argument for comparison');
  return others.some((other) => equalsOne(first, other));
}

/** `lt`: numbers by value, strings by bytes; nothing else has an order. */
export function isLess(left: Value, right: Value): boolean {
  const [a, b] = [basicKind(left), basicKind(right)];
  if (a === undefined || b === undefined) throw new FunctionError('invalid type for comparison');
  if (a !== b && !areBothIntegers(a, b)) {
    throw new FunctionError(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`);
  }
  if (a === 'bool') throw new FunctionError('invalid type for comparison');
  const [x, y] = [comparable(left), comparable(right)];
  if (typeof x === 'string' && typeof y === 'string') return compareStrings(x, y) < 0;
  return x !== undefined && y !== undefined && x < y;
}
