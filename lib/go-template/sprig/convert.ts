import { display } from '../format';
import { typeOf, integerOf } from '../typed-value';
import { FunctionError, GoFloat, GoPointer, GoSlice, type Value } from '../value';
import { fromBytes } from '../utf8';
import { parseFloatLiteral, parseInteger } from '../number-literal';
import { ANY_SLICE } from '../go-type';

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** A value as text, as sprig shows it everywhere. */
export function textOf(value: Value): string {
  if (value instanceof GoSlice && value.type.elem?.kind === 'uint8') {
    return fromBytes(Uint8Array.from(value.items, (item) => Number(integerOf(item) ?? 0n)));
  }
  return display(value);
}

/** The texts of a list's elements, nils left out; anything else is a list of one. */
export function textsOf(value: Value): string[] {
  if (value instanceof GoSlice) return value.items.filter((item) => item !== null && item !== undefined).map(textOf);
  return value === null || value === undefined ? [] : [textOf(value)];
}

/** What a float becomes as int64 on the machines clusters run on. */
function truncate(value: number): bigint {
  if (!Number.isFinite(value)) return MIN_INT64;
  const whole = BigInt(Math.trunc(value));
  return whole > MAX_INT64 || whole < MIN_INT64 ? MIN_INT64 : whole;
}

function pointee(value: Value): Value {
  return value instanceof GoPointer ? pointee(value.target) : value;
}

/** sprig's idea of an integer: anything can be asked, what is none is 0. */
export function toInteger(given: Value): bigint {
  const value = pointee(given);
  if (value instanceof GoFloat) return truncate(value.value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string') {
    const parsed = parseInteger(value.replace(/\.0+$/, ''));
    return parsed === undefined || parsed > MAX_INT64 || parsed < MIN_INT64 ? 0n : parsed;
  }
  return BigInt.asIntN(64, integerOf(value) ?? 0n);
}

/** sprig's idea of a float. */
export function toFloat(given: Value): number {
  const value = pointee(given);
  if (value instanceof GoFloat) return value.value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return parseFloatText(value);
  return Number(integerOf(value) ?? 0n);
}

function parseFloatText(text: string): number {
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  return parseFloatLiteral(text) ?? 0;
}

/** The elements of a list, or an error that says what cannot be done with what it is. */
export function itemsOf(list: Value, action: string, ending = ''): readonly Value[] {
  if (list instanceof GoSlice) return list.items;
  if (list === null || list === undefined) {
    throw new FunctionError('runtime error: invalid memory address or nil pointer dereference');
  }
  throw new FunctionError(`${action} ${typeOf(list)?.kind ?? 'invalid'}${ending}`);
}

/** A nil `[]interface {}`. */
export const NIL_LIST = new GoSlice(ANY_SLICE, [], true);
