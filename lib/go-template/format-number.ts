import { formatFloat } from './format-float';
import { pad, type Flags } from './format-flags';
import { isPrintable, quoteRune } from './quote';
import { typeOf } from './typed-value';
import { type GoFloat, type Value } from './value';

function formatInteger(value: bigint, base: number, verb: string, flags: Flags): string {
  const isNegative = value < 0n;
  let digits = (isNegative ? -value : value).toString(base);
  if (verb === 'X') digits = digits.toUpperCase();
  const sign = isNegative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  const spaced = { ...flags, zero: false };
  if (flags.precision === 0 && value === 0n) return pad('', spaced);
  let length = flags.precision ?? 0;
  if (flags.precision === undefined && flags.zero && !flags.minus) length = (flags.width ?? 0) - sign.length;
  digits = digits.padStart(length, '0');
  if (flags.sharp) {
    if (base === 2) digits = `0b${digits}`;
    else if (base === 8 && !digits.startsWith('0')) digits = `0${digits}`;
    else if (base === 16) digits = `0${verb === 'X' ? 'X' : 'x'}${digits}`;
  }
  if (verb === 'O') digits = `0o${digits}`;
  return pad(sign + digits, spaced);
}

function formatUnicode(value: bigint, flags: Flags): string {
  const digits = BigInt.asUintN(64, value)
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0');
  const character = value <= 0x10ffffn && value >= 0n ? String.fromCodePoint(Number(value)) : '';
  const shown = flags.sharp && character !== '' && isPrintable(character) ? ` '${character}'` : '';
  return pad(`U+${digits}${shown}`, { ...flags, zero: false });
}

function runeOf(value: bigint): string {
  const isValid = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value <= 0xdfffn);
  return isValid ? String.fromCodePoint(Number(value)) : '\ufffd';
}

/** An integer under a verb; undefined where the verb is none for integers. */
export function formatIntegerVerb(original: Value, value: bigint, verb: string, flags: Flags): string | undefined {
  const isUnsigned = typeOf(original)?.kind.startsWith('uint') === true;
  switch (verb) {
    case 'v':
      return flags.sharpV && isUnsigned
        ? formatInteger(value, 16, 'v', { ...flags, sharp: true })
        : formatInteger(value, 10, verb, flags);
    case 'd':
      return formatInteger(value, 10, verb, flags);
    case 'b':
      return formatInteger(value, 2, verb, flags);
    case 'o':
    case 'O':
      return formatInteger(value, 8, verb, flags);
    case 'x':
    case 'X':
      return formatInteger(value, 16, verb, flags);
    case 'c':
      return pad(runeOf(value), flags);
    case 'q':
      return pad(quoteRune(runeOf(value).codePointAt(0) ?? 0, flags.plus), flags);
    case 'U':
      return formatUnicode(value, flags);
    default:
      return undefined;
  }
}

/** With `#`, a decimal point always and, for %g, trailing zeros up to the precision. */
function withPoint(number: string, verb: string, precision: number | undefined): string {
  const isHex = 'xX'.includes(verb);
  const parts = isHex ? /^([ +-]?)([^pP]*)(.*)$/ : /^([ +-]?)([^eE]*)(.*)$/;
  const [, sign = '', body = '', tail = ''] = parts.exec(number) ?? [];
  let missing = 'vgGx'.includes(verb) ? (precision ?? 6) : 0;
  const significant = body.replace('.', '').replace(/^0+/, '');
  missing -= significant.length;
  if (!body.includes('.') && body === '0') missing--;
  return sign + body + (body.includes('.') ? '' : '.') + '0'.repeat(Math.max(missing, 0)) + tail;
}

/** A float under a verb; undefined where the verb is none for floats. */
export function formatFloatVerb(value: GoFloat, verb: string, flags: Flags): string | undefined {
  if (!'vgGeEfFxXb'.includes(verb)) return undefined;
  const standard = 'eEfF'.includes(verb) ? 6 : -1;
  const isSingle = value.type.kind === 'float32';
  let number = formatFloat(value.value, verb === 'v' ? 'g' : verb, flags.precision ?? standard, isSingle);
  if (!/^[+-]/.test(number)) number = `+${number}`;
  if (flags.space && number.startsWith('+') && !flags.plus) number = ` ${number.slice(1)}`;
  if (/Inf|NaN/.test(number)) {
    if (number.endsWith('NaN') && !flags.space && !flags.plus) number = 'NaN';
    const isShown = flags.plus || !number.startsWith('+');
    return pad(isShown || number.endsWith('Inf') ? number : number.slice(1), { ...flags, zero: false });
  }
  if (flags.sharp && verb !== 'b') number = withPoint(number, verb, flags.precision);
  if (!flags.plus && number.startsWith('+')) return pad(number.slice(1), flags);
  const width = flags.width ?? 0;
  if (flags.zero && !flags.minus && width > number.length) {
    return number.charAt(0) + number.slice(1).padStart(width - 1, '0');
  }
  return pad(number, flags);
}
