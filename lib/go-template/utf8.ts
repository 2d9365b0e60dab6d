/**
 * Go strings are bytes, and cutting one may leave half a character. Such a byte is kept as a lone surrogate
 * (U+DC00 + byte), so that a later join makes the character whole again.
 */
const BYTE_BASE = 0xdc00;

/** True for the code of a byte that is not a part of a character. */
export function isLoneByte(code: number): boolean {
  return code >= BYTE_BASE + 0x80 && code <= BYTE_BASE + 0xff;
}

/** True for a string with a byte that is not a part of a character. */
export function hasLoneByte(text: string): boolean {
  return /[\udc80-\udcff]/u.test(text);
}

/** The string with every byte past ASCII for itself, so that a search finds bytes inside of characters. */
export function splitBytes(text: string): string {
  return [...toBytes(text)].map((byte) => String.fromCharCode(byte < 0x80 ? byte : BYTE_BASE + byte)).join('');
}

/** The string in which neighbouring bytes that make up a character are that character. */
export function joinBytes(text: string): string {
  return text.replace(/(?<![\ud800-\udbff])[\udc80-\udcff]{2,}/g, (run) =>
    fromBytes(Uint8Array.from(run, (unit) => unit.charCodeAt(0) - BYTE_BASE)),
  );
}

/** The UTF-8 bytes of a string. */
export function toBytes(text: string): Uint8Array {
  if (!hasLoneByte(text)) return new TextEncoder().encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (isLoneByte(code)) bytes.push(code - BYTE_BASE);
    else bytes.push(...new TextEncoder().encode(character));
  }
  return Uint8Array.from(bytes);
}

/** Length of the UTF-8 sequence that starts at `at`, or 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length < 2) return length;
  const second = bytes[at + 1] ?? 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) {
    const next = bytes[at + i] ?? 0;
    if (next < 0x80 || next > 0xbf) return 0;
  }
  return length;
}

/** The string that bytes are; bytes that are no UTF-8 are kept one by one. */
export function fromBytes(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let from = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += decoder.decode(bytes.subarray(from, at)) + String.fromCharCode(BYTE_BASE + (bytes[at] ?? 0));
    from = ++at;
  }
  return text + decoder.decode(bytes.subarray(from));
}

const IS_ASCII = /^[\u0000-\u007f]*$/; // eslint-disable-line no-control-regex -- all of ASCII is meant

/** How many bytes a string has in Go. */
export function byteLength(text: string): number {
  return IS_ASCII.test(text) ? text.length : toBytes(text).length;
}

/** `text[from:to]` of Go, by bytes. */
export function sliceBytes(text: string, from: number, to: number): string {
  return IS_ASCII.test(text) ? text.slice(from, to) : fromBytes(toBytes(text).subarray(from, to));
}

/** Well-formed text: bytes that make up a character are that character, and what is left of cut characters becomes U+FFFD, as in any text that is read as UTF-8. */
export function wellFormed(text: string): string {
  return /[\ud800-\udfff]/u.test(text) ? joinBytes(text).replace(/[\ud800-\udfff]/gu, '\ufffd') : text;
}
