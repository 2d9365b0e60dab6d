import { isPrintable } from './quote';
import { isLoneByte, toBytes } from './utf8';

const HTML: Readonly<Record<string, string>> = {
  '\u0000': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Text safe in HTML, as the function `html` makes it. */
export function escapeHtml(text: string): string {
  // eslint-disable-next-line no-control-regex -- NUL is one of the characters HTML has no place for
  return text.replace(/[\u0000"'&<>]/g, (character) => HTML[character] ?? character);
}

const SCRIPT: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '"': '\\"' };

/** Text safe in a JavaScript string, as the function `js` makes it. */
export function escapeScript(text: string): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isPlain =
      code < 0x80 ? code >= 0x20 && !`<>&=`.includes(character) : isPrintable(character) || isLoneByte(code);
    out += SCRIPT[character] ?? (isPlain ? character : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`);
  }
  return out;
}

/** Text safe in the query of a URL, as the function `urlquery` makes it. */
export function escapeQuery(text: string): string {
  let out = '';
  for (const byte of toBytes(text)) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.~-]/.test(character)) out += character;
    else if (character === ' ') out += '+';
    else out += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
