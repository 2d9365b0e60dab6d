/** Decimal digits of a number: `0.d1d2d3... * 10^point`. */
interface Digits {
  readonly digits: string;
  readonly point: number;
}

/** The fewest digits that identify the number. */
function shortestDigits(value: number, isSingle: boolean): Digits {
  let text = value.toExponential();
  if (isSingle) {
    for (let precision = 0; precision < 10; precision++) {
      text = value.toExponential(precision);
      if (Math.fround(Number(text)) === value) break;
    }
  }
  const [mantissa = '0', exponent = '0'] = text.split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  return value === 0 ? { digits: '', point: 0 } : { digits, point: Number(exponent) + 1 };
}

/** A finite, positive number as an exact fraction. */
function fractionOf(value: number): { readonly top: bigint; readonly bottom: bigint } {
  const { mantissa, exponent } = binaryParts(value);
  return exponent >= 0
    ? { top: mantissa << BigInt(exponent), bottom: 1n }
    : { top: mantissa, bottom: 1n << BigInt(-exponent) };
}

/** `value * 10^places` as an integer, half to even: what JavaScript's own rounding does not do. */
function scaled(value: number, places: number): bigint {
  const { top, bottom } = fractionOf(value);
  const numerator = places >= 0 ? top * 10n ** BigInt(places) : top;
  const denominator = places >= 0 ? bottom : bottom * 10n ** BigInt(-places);
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
}

/** The digits with a given number of places after the point. */
function fixedDigits(value: number, places: number): Digits {
  const digits = scaled(value, places).toString();
  return digits === '0' ? { digits: '', point: 0 } : { digits, point: digits.length - places };
}

/** The given number of significant digits. */
function significantDigits(value: number, count: number): Digits {
  if (value === 0) return { digits: '', point: 0 };
  const exponent = Number(value.toExponential().split('e')[1] ?? '0');
  const digits = scaled(value, count - 1 - exponent).toString();
  return { digits: digits.slice(0, count), point: exponent + 1 + (digits.length - count) };
}

function exponential({ digits, point }: Digits, precision: number, letter: string): string {
  const first = digits.charAt(0) || '0';
  const rest = precision > 0 ? `.${digits.slice(1, precision + 1).padEnd(precision, '0')}` : '';
  const exponent = digits === '' ? 0 : point - 1;
  return `${first}${rest}${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function positional({ digits, point }: Digits, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (precision <= 0) return whole;
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, precision)) + digits;
  return `${whole}.${fraction.slice(0, precision).padEnd(precision, '0')}`;
}

/** Mantissa and binary exponent of a finite number: `mantissa * 2^exponent`. */
function binaryParts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  return { mantissa: biased === 0 ? fraction : fraction | (1n << 52n), exponent: (biased === 0 ? 1 : biased) - 1075 };
}

function hexadecimal(value: number, precision: number): string {
  if (value === 0) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`;
  let { mantissa, exponent } = binaryParts(value);
  for (; mantissa < 1n << 52n; exponent--) mantissa <<= 1n;
  exponent += 52;
  if (precision >= 0 && precision < 13) {
    const dropped = BigInt(52 - precision * 4);
    const half = 1n << (dropped - 1n);
    const [kept, rest] = [mantissa >> dropped, mantissa & ((1n << dropped) - 1n)];
    mantissa = (rest > half || (rest === half && kept % 2n === 1n) ? kept + 1n : kept) << dropped;
    if (mantissa >= 1n << 53n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const digits = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, '0');
  const fraction = precision < 0 ? digits.replace(/0+$/, '') : digits.slice(0, precision).padEnd(precision, '0');
  const sign = exponent < 0 ? '-' : '+';
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/**
 * A float as Go writes it. `verb` is one of e, E, f, F, g, G, x, X, b; a precision of -1 asks for the fewest digits that
 * identify the number.
 */
export function formatFloat(value: number, verb: string, precision: number, isSingle = false): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign === '' ? '+' : '-'}Inf`;
  const isShortest = precision < 0;
  // Ports, seconds and counts, in which settings abound.
  if (verb === 'g' && isShortest && size < 1e6 && Number.isInteger(size)) return `${sign}${size}`;
  const letter = verb === 'E' || verb === 'G' ? 'E' : 'e';
  switch (verb) {
    case 'x':
      return sign + hexadecimal(size, precision);
    case 'X':
      return (sign + hexadecimal(size, precision)).toUpperCase();
    case 'b': {
      const { mantissa, exponent } = binaryParts(size);
      return `${sign}${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
    }
    case 'e':
    case 'E': {
      const digits = isShortest ? shortestDigits(size, isSingle) : significantDigits(size, precision + 1);
      return sign + exponential(digits, isShortest ? Math.max(digits.digits.length - 1, 0) : precision, letter);
    }
    case 'f':
    case 'F': {
      const digits = isShortest ? shortestDigits(size, isSingle) : fixedDigits(size, precision);
      return sign + positional(digits, isShortest ? Math.max(digits.digits.length - digits.point, 0) : precision);
    }
    default: {
      const count = precision === 0 ? 1 : precision;
      const all = isShortest ? shortestDigits(size, isSingle) : significantDigits(size, count);
      const digits = { digits: all.digits.replace(/0+$/, ''), point: all.point };
      const length = digits.digits.length;
      let limit = count;
      if (limit > length && length >= digits.point) limit = length;
      if (isShortest) limit = 6;
      const exponent = digits.point - 1;
      return exponent < -4 || exponent >= limit
        ? sign + exponential(digits, Math.max(length - 1, 0), letter)
        : sign + positional(digits, Math.max(length - digits.point, 0));
    }
  }
}
