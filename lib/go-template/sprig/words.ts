import { byteLength, sliceBytes, toBytes } from '../utf8';
import { FunctionError } from '../value';

const isSpace = (character: string): boolean =>
  /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/.test(character);
const isUpper = (character: string): boolean => /^[\p{Lu}\p{Lt}]$/u.test(character);
const isLower = (character: string): boolean => /^\p{Ll}$/u.test(character);

/** A character in upper case, where that is one character. */
export function upper(character: string): string {
  const changed = character.toUpperCase();
  return [...changed].length === 1 ? changed : character;
}

/** A character in lower case, where that is one character. */
export function lower(character: string): string {
  const changed = character.toLowerCase();
  return [...changed].length === 1 ? changed : character;
}

/** `strings.Title`: upper case after everything that is not a letter, digit or underscore. */
export function titleCase(text: string): string {
  let isStart = true;
  return [...text]
    .map((character) => {
      const shown = isStart ? upper(character) : character;
      const isAscii = character <= '\u007f';
      isStart = isAscii ? !/[0-9A-Za-z_]/.test(character) : !/[\p{L}\p{Nd}]/u.test(character) && isSpace(character);
      return shown;
    })
    .join('');
}

/** The first letter of every word in lower case. */
export function untitle(text: string): string {
  let isStart = true;
  return [...text]
    .map((character) => {
      if (isSpace(character)) {
        isStart = true;
        return character;
      }
      const shown = isStart ? lower(character) : character;
      isStart = false;
      return shown;
    })
    .join('');
}

/** Upper and lower case exchanged. */
export function swapCase(text: string): string {
  return [...text]
    .map((character) => (isUpper(character) ? lower(character) : isLower(character) ? upper(character) : character))
    .join('');
}

/** The first character of every word. goutils takes bytes for characters here, as in {@link deleteSpace}. */
export function initials(text: string): string {
  let isStart = true;
  let out = '';
  for (const byte of toBytes(text)) {
    const character = String.fromCharCode(byte);
    if (isSpace(character)) isStart = true;
    else if (isStart) {
      out += character;
      isStart = false;
    }
  }
  return out;
}

/** Text without its spaces. goutils takes bytes for characters, so that text beyond ASCII comes out changed there too. */
export function deleteSpace(text: string): string {
  const bytes = [...toBytes(text)].map((byte) => String.fromCharCode(byte));
  const kept = bytes.filter((character) => !isSpace(character));
  return kept.length === bytes.length ? text : kept.join('');
}

/** Text cut to `width` bytes with dots, from `offset` on. */
export function abbreviate(text: string, offset: number, width: number): string {
  const length = byteLength(text);
  if (width < 4) return '';
  if (length <= width) return text;
  let from = Math.min(offset, length);
  if (length - from < width - 3) from = length - (width - 3);
  if (from <= 4) return `${sliceBytes(text, 0, width - 3)}...`;
  if (width < 7) return '';
  if (from + width - 3 < length) return `...${abbreviate(sliceBytes(text, from, length), 0, width - 3)}`;
  return `...${sliceBytes(text, length - (width - 3), length)}`;
}

/** Text in lines of `width` bytes, broken at spaces; longer words are cut when asked for. */
export function wrap(text: string, givenWidth: number, lineEnd: string, cutsWords: boolean): string {
  const width = Math.max(givenWidth, 1);
  const bytes = [...toBytes(text)].map((byte) => String.fromCharCode(byte)).join('');
  let at = 0;
  let out = '';
  const take = (to: number): void => {
    out += sliceBytes(text, at, to) + lineEnd;
  };
  while (bytes.length - at > width) {
    if (bytes.charAt(at) === ' ') {
      at++;
      continue;
    }
    const space = bytes.slice(at, at + width + 1).lastIndexOf(' ');
    const next = space >= 0 ? at + space : cutsWords ? -1 : bytes.indexOf(' ', at + width);
    if (next >= 0) {
      take(next);
      at = next + 1;
    } else if (cutsWords) {
      take(at + width);
      at += width;
    } else {
      return out + sliceBytes(text, at, bytes.length);
    }
  }
  if (at > bytes.length) throw new FunctionError('runtime error: slice bounds out of range');
  return out + sliceBytes(text, at, bytes.length);
}
