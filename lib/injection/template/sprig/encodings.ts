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

/** How many letters of the last group may be there, for what is left to be whole bytes. */
function mayEndWith({ bits, group }: Encoding, letters: number): boolean {
  const rest = letters % group;
  return rest === 0 || (rest * bits) % 8 < bits;
}

/** The text that is encoded, or Go's words for what is wrong: sprig returns these as if they were the text. */
function decode(encoding: Encoding, given: string): string {
  const { name, alphabet, bits, group } = encoding;
  const corrupt = (at: number): string => `illegal ${name} data at input byte ${at}`;
  const text = given.replace(/[\r\n]/g, '');
  const letters = text.replace(/=+$/, '');
  const bad = [...letters].findIndex((letter) => !alphabet.includes(letter));
  if (bad >= 0) return corrupt(bad);
  if (text.length % group !== 0) return corrupt(text.length);
  if (text.length - letters.length >= group || !mayEndWith(encoding, letters.length)) return corrupt(letters.length);
  let [pending, count] = [0, 0];
  const bytes: number[] = [];
  for (const letter of letters) {
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
