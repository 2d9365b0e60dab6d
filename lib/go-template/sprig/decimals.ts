import { any, defineVariadic, define } from '../define';
import { FLOAT64 } from '../go-type';
import type { FunctionMap } from '../template';
import { FunctionError, GoFloat, type GoFunction, type Value } from '../value';
import { formatFloat } from '../format-float';
import { toFloat } from './convert';

/** `digits * 10^-places`: decimal arithmetic, in which 0.1 + 0.2 is 0.3. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function decimalOf(value: Value): Decimal {
  const number = toFloat(value);
  if (!Number.isFinite(number)) throw new FunctionError(`Cannot create a Decimal from ${formatFloat(number, 'g', -1)}`);
  const [mantissa = '0', exponent = '0'] = formatFloat(number, 'e', -1).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return scale({ digits: BigInt(whole + fraction), places: fraction.length - Number(exponent) }, 0);
}

/** The same number with at least so many places. */
function scale({ digits, places }: Decimal, wanted: number): Decimal {
  return places >= wanted ? { digits, places } : { digits: digits * 10n ** BigInt(wanted - places), places: wanted };
}

function sum(a: Decimal, b: Decimal, sign: 1n | -1n): Decimal {
  const places = Math.max(a.places, b.places);
  return { digits: scale(a, places).digits + sign * scale(b, places).digits, places };
}

/** Sixteen places, half away from zero. */
function quotient(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw new FunctionError('decimal division by 0');
  const isNegative = a.digits < 0n !== b.digits < 0n;
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const shift = 16 + b.places - a.places;
  const top = size(a.digits) * (shift > 0 ? 10n ** BigInt(shift) : 1n);
  const bottom = size(b.digits) * (shift < 0 ? 10n ** BigInt(-shift) : 1n);
  const rounded = (top * 2n + bottom) / (bottom * 2n);
  return { digits: isNegative ? -rounded : rounded, places: 16 };
}

function floatOf({ digits, places }: Decimal): Value {
  return new GoFloat(FLOAT64, Number(`${digits}e${-places}`));
}

const fold = (operation: (a: Decimal, b: Decimal) => Decimal): GoFunction =>
  defineVariadic([any], any, (first, ...rest) => floatOf(rest.map(decimalOf).reduce(operation, decimalOf(first))));

const ZERO: Decimal = { digits: 0n, places: 0 };
const ONE: Decimal = { digits: 1n, places: 0 };

/** Arithmetic with floats. */
export const DECIMAL_FUNCTIONS: FunctionMap = {
  addf: defineVariadic([], any, (...values) => floatOf(values.map(decimalOf).reduce((a, b) => sum(a, b, 1n), ZERO))),
  add1f: define([any], (value) => floatOf(sum(decimalOf(value), ONE, 1n))),
  subf: fold((a, b) => sum(a, b, -1n)),
  mulf: fold((a, b) => ({ digits: a.digits * b.digits, places: a.places + b.places })),
  divf: fold(quotient),
};
