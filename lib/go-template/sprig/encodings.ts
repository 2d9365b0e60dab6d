import { define, string } from '../define';
import type { FunctionMap } from '../template';
import { fromBytes, toBytes } from '../utf8';

/** An alphabet of 2^bits letters, of which a group makes whole bytes. */
interface Encoding {
  readonly name: string;
  readonly alphabet: string;
  readonly bits: number;
  readonly group: number;
}

const BASE64: Encoding = {
  name: 'base64',
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  bits: 6,
  group: 4,
};
const BASE32: Encoding = { name: 'base32', alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, group: 8 };

function encode({ alphabet, bits, group }: Encoding, text: string): string {
  let [pending, count] = [0, 0];
  let out = '';
  for (const byte of toBytes(text)) {
    pending = (pending << 8) | byte;
    for (count += 8; count >= bits; count -= bits)
      out += alphabet.charAt((pending >> (count - bits)) & (2 ** bits - 1));
    pending &= 2 ** count - 1;
  }
  if (count > 0) out += alphabet.charAt((pending << (bits - count)) & (2 ** bits - 1));
  return out.padEnd(Math.ceil(out.length / group) * group, '=');
}

/** Where base 64 is not what it should be, as Go counts; undefined where it is. */
function problem64(text: string): number | undefined {
  let inGroup = 0;
  let groupStart = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '\r' || letter === '\n') continue;
    if (inGroup % 4 === 0) groupStart = at;
    if (letter === '=') return paddingProblem64(text, at, inGroup % 4);
    if (!BASE64.alphabet.includes(letter)) return at;
    inGroup++;
  }
  return inGroup % 4 === 0 ? undefined : groupStart;
}

function paddingProblem64(text: string, at: number, lettersBefore: number): number | undefined {
  const skip = (from: number): number => from + (/^[\r\n]*/.exec(text.slice(from))?.[0].length ?? 0);
  if (lettersBefore < 2) return at;
  let next = skip(at + 1);
  if (lettersBefore === 2) {
    if (next >= text.length) return text.length;
    if (text.charAt(next) !== '=') return next - 1;
    next = skip(next + 1);
  }
  return next < text.length ? next : undefined;
}

/** The same for base 32, of text without line ends. */
function problem32(text: string): number | undefined {
  for (let at = 0; at < text.length; at++) {
    const [letter, inGroup] = [text.charAt(at), at % 8];
    const rest = text.length - at - 1;
    if (letter === '=' && inGroup >= 2 && rest < 8) {
      if (rest + inGroup < 7) return text.length;
      const bad = [...text.slice(at + 1, at + 8 - inGroup)].findIndex((each) => each !== '=');
      if (bad >= 0) return at + bad;
      return [1, 3, 6].includes(inGroup) ? at : undefined;
    }
    if (!BASE32.alphabet.includes(letter)) return at;
  }
  return text.length % 8 === 0 ? undefined : text.length - (text.length % 8);
}

/** The text that is encoded, or Go's words for what is wrong: sprig returns these as if they were the text. */
function decode(encoding: Encoding, given: string): string {
  const { name, alphabet, bits } = encoding;
  const text = given.replace(/[\r\n]/g, '');
  const problem = encoding === BASE64 ? problem64(given) : problem32(text);
  if (problem !== undefined) return `illegal ${name} data at input byte ${problem}`;
  let [pending, count] = [0, 0];
  const bytes: number[] = [];
  for (const letter of text.replace(/=.*$/, '')) {
    pending = (pending << bits) | alphabet.indexOf(letter);
    count += bits;
    if (count < 8) continue;
    count -= 8;
    bytes.push((pending >> count) & 255);
    pending &= 2 ** count - 1;
  }
  return fromBytes(Uint8Array.from(bytes));
}

/** Base 64 and base 32. */
export const ENCODING_FUNCTIONS: FunctionMap = {
  b64enc: define([string], (text) => encode(BASE64, text)),
  b64dec: define([string], (text) => decode(BASE64, text)),
  b32enc: define([string], (text) => encode(BASE32, text)),
  b32dec: define([string], (text) => decode(BASE32, text)),
};
