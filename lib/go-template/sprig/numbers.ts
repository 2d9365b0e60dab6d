import { any, define, defineVariadic, float, int, string } from '../define';
import { FLOAT64, INT, INT64, sliceOf } from '../go-type';
import type { FunctionMap } from '../template';
import { integer } from '../typed-value';
import { FunctionError, GoFloat, GoInt, GoSlice, type Value } from '../value';
import { display } from '../format';
import { parseDecimalInteger } from './decimal-integer';
import { toFloat, toInteger } from './convert';

const long = (value: bigint): Value => new GoInt(INT64, BigInt.asIntN(64, value));
const real = (value: number): Value => new GoFloat(FLOAT64, value);
const INT_SLICE = sliceOf(INT);

function divide(left: Value, right: Value, operation: (a: bigint, b: bigint) => bigint): Value {
  const divisor = toInteger(right);
  if (divisor === 0n) throw new FunctionError('runtime error: integer divide by zero');
  return long(operation(toInteger(left), divisor));
}

function steps(start: number, stop: number, step: number): number[] {
  const found: number[] = [];
  if (stop < start) {
    if (step < 0) for (let i = start; i > stop; i += step) found.push(i);
  } else if (step > 0) for (let i = start; i < stop; i += step) found.push(i);
  return found;
}

function sequence(...params: readonly number[]): string {
  const [a = 0, b = 0, c = 0] = params;
  switch (params.length) {
    case 1:
      return steps(1, a + (a < 1 ? -1 : 1), a < 1 ? -1 : 1).join(' ');
    case 2:
      return steps(a, b + (b < a ? -1 : 1), b < a ? -1 : 1).join(' ');
    case 3:
      return c < a && b > 0 ? '' : steps(a, c + (c < a ? -1 : 1), b).join(' ');
    default:
      return '';
  }
}

function round(value: Value, places: number, from = 0.5): Value {
  const power = 10 ** places;
  const digit = power * toFloat(value);
  return real((digit - Math.trunc(digit) >= from ? Math.ceil(digit) : Math.floor(digit)) / power);
}

const most = defineVariadic([any], any, (first, ...rest) =>
  long(rest.map(toInteger).reduce((a, b) => (b > a ? b : a), toInteger(first))),
);

/** Whole numbers (int64, whatever is given) and floats. */
export const NUMBER_FUNCTIONS: FunctionMap = {
  int: define([any], (value) => integer(toInteger(value))),
  int64: define([any], (value) => long(toInteger(value))),
  float64: define([any], (value) => real(toFloat(value))),
  atoi: define([string], (text) => integer(parseDecimalInteger(text) ?? 0n)),
  toDecimal: define([any], (value) => {
    const text = display(value);
    return long(
      /^[+-]?[0-7]+$/.test(text) ? BigInt(`0o${text.replace(/^[+-]/, '')}`) * (text.startsWith('-') ? -1n : 1n) : 0n,
    );
  }),
  add: defineVariadic([], any, (...values) => long(values.reduce((sum, value) => sum + toInteger(value), 0n))),
  add1: define([any], (value) => long(toInteger(value) + 1n)),
  sub: define([any, any], (left, right) => long(toInteger(left) - toInteger(right))),
  mul: defineVariadic([any], any, (first, ...rest) =>
    long(rest.reduce((product, value) => product * toInteger(value), toInteger(first))),
  ),
  div: define([any, any], (left, right) => divide(left, right, (a, b) => a / b)),
  mod: define([any, any], (left, right) => divide(left, right, (a, b) => a % b)),
  max: most,
  biggest: most,
  min: defineVariadic([any], any, (first, ...rest) =>
    long(rest.map(toInteger).reduce((a, b) => (b < a ? b : a), toInteger(first))),
  ),
  maxf: defineVariadic([any], any, (...values) => real(Math.max(...values.map(toFloat)))),
  minf: defineVariadic([any], any, (...values) => real(Math.min(...values.map(toFloat)))),
  ceil: define([any], (value) => real(Math.ceil(toFloat(value)))),
  floor: define([any], (value) => real(Math.floor(toFloat(value)))),
  round: defineVariadic([any, int], float, round),
  until: define([int], (count) => new GoSlice(INT_SLICE, steps(0, count, count < 0 ? -1 : 1))),
  untilStep: define([int, int, int], (start, stop, step) => new GoSlice(INT_SLICE, steps(start, stop, step))),
  seq: defineVariadic([], int, sequence),
};
