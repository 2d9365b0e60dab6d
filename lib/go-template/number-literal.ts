import { FLOAT64 } from './go-type';
import type { NumberNode } from './node';
import { quoteString, unquoteRune } from './quote';
import { integer } from './typed-value';
import { GoFloat } from './value';

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

/** True where every underscore stands between digits, or between a base prefix and a digit. */
function areUnderscoresRight(text: string): boolean {
  if (!text.includes('_')) return true;
  const body = text.replace(/^[+-]/, '');
  const hasPrefix = /^0[xXoObB]/.test(body);
  if (!hasPrefix && !/^0/.test(body) && /^_/.test(body)) return false;
  const digits = /^0[xX]/.test(body) ? '0-9a-fA-F' : '0-9';
  const between = new RegExp(`(^0[xXoObB]|[${digits}])_(?=[${digits}])`, 'g');
  return !body.replace(between, '$1').includes('_');
}

/** A Go integer literal of any base, with its sign; undefined where the text is none. */
export function parseInteger(text: string): bigint | undefined {
  if (!areUnderscoresRight(text)) return undefined;
  const match = /^([+-]?)(.+)$/.exec(text.replaceAll('_', ''));
  const digits = match?.[2] ?? '';
  const isNegative = match?.[1] === '-';
  let value: bigint | undefined;
  if (/^(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(digits)) value = BigInt(digits.toLowerCase());
  else if (/^0[0-7]+$/.test(digits)) value = BigInt(`0o${digits.slice(1)}`);
  else if (/^(0|[1-9][0-9]*)$/.test(digits)) value = BigInt(digits);
  return value === undefined ? undefined : isNegative ? -value : value;
}

/** A Go float literal, decimal or hexadecimal; undefined where the text is none or too big. */
export function parseFloatLiteral(text: string): number | undefined {
  if (!areUnderscoresRight(text)) return undefined;
  const plain = text.replaceAll('_', '');
  if (/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(plain)) {
    const value = Number(plain);
    return Number.isFinite(value) ? value : undefined;
  }
  const match = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/.exec(plain);
  if (match === null || `${match[2] ?? ''}${match[3] ?? ''}` === '') return undefined;
  const mantissa = Number(BigInt(`0x${match[2] ?? ''}${match[3] ?? ''}`));
  const value = mantissa * 2 ** (Number(match[4]) - 4 * (match[3] ?? '').length);
  return match[1] === '-' ? -value : value;
}

function isHexInteger(text: string): boolean {
  return /^0[xX]/.test(text) && text.length > 2 && !/[pP]/.test(text);
}

/** The node of a number or character literal, or what is wrong with it. */
export function numberNode(
  offset: number,
  text: string,
  kind: 'number' | 'charConstant' | 'complex',
): NumberNode | { readonly problem: string } {
  if (kind === 'charConstant') {
    const rune = unquoteRune(text);
    if ('problem' in rune) return rune;
    const value = BigInt(rune.code);
    return { type: 'number', offset, text, integer: value, unsigned: value, float: rune.code, ideal: rune.code };
  }
  if (kind === 'complex' || text.endsWith('i'))
    return { problem: `complex numbers are not supported: ${quoteString(text)}` };
  const parsed = parseInteger(text);
  let asInteger = parsed !== undefined && parsed <= MAX_INT64 && parsed >= MIN_INT64 ? parsed : undefined;
  // A sign is only allowed on signed numbers; -0 counts as unsigned all the same.
  const mayBeUnsigned = !/^[+-]/.test(text) || asInteger === 0n;
  let unsigned = parsed !== undefined && mayBeUnsigned && parsed <= MAX_UINT64 ? parsed : undefined;
  let float: number | undefined;
  if (asInteger !== undefined) float = Number(asInteger);
  else if (unsigned !== undefined) float = Number(unsigned);
  else {
    float = parseFloatLiteral(text);
    if (float !== undefined && !/[.eEpP]/.test(text)) return { problem: `integer overflow: ${quoteString(text)}` };
    if (float !== undefined && Number.isInteger(float)) {
      const exact = BigInt(float);
      if (exact <= MAX_INT64 && exact >= MIN_INT64) asInteger = exact;
      if (exact >= 0n && exact <= MAX_UINT64) unsigned = exact;
    }
  }
  if (float === undefined) return { problem: `illegal number syntax: ${quoteString(text)}` };
  const isFloat = !isHexInteger(text) && /[.eEpP]/.test(text);
  const ideal = isFloat ? new GoFloat(FLOAT64, float) : asInteger === undefined ? undefined : integer(asInteger);
  return { type: 'number', offset, text, integer: asInteger, unsigned, float, ideal };
}
