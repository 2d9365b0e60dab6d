import { isLoneByte, joinBytes } from './utf8';

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** True for what Go calls printable: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrintable(character: string): boolean {
  return PRINTABLE.test(character);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0');
}

function escapeCharacter(character: string, quote: string, isAsciiOnly: boolean): string {
  if (character === quote) return `\\${quote}`;
  const escape = ESCAPES[character];
  if (escape !== undefined) return escape;
  const code = character.codePointAt(0) ?? 0;
  if (isPrintable(character) && (!isAsciiOnly || code < 0x80)) return character;
  if (isLoneByte(code)) return `\\x${hex(code - 0xdc00, 2)}`;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** Text that needs no escape: all of ASCII that is printable, but the quote and the backslash. */
const UNESCAPED = /^[ !#-[\]-~]*$/;

/** A string in Go's double quotes, with Go's escapes. */
export function quoteString(text: string, isAsciiOnly = false): string {
  if (UNESCAPED.test(text)) return `"${text}"`;
  let out = '"';
  for (const character of text) out += escapeCharacter(character, '"', isAsciiOnly);
  return `${out}"`;
}

/** A character in Go's single quotes. */
export function quoteRune(code: number, isAsciiOnly = false): string {
  const isValid = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return `'${escapeCharacter(String.fromCodePoint(isValid ? code : 0xfffd), "'", isAsciiOnly)}'`;
}

/** `U+002D '-'`: a character as error messages name it. */
export function describeRune(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return isPrintable(character) ? `${name} '${character}'` : name;
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** One escape after the backslash: its text's length, and the character or the byte it stands for. */
function readEscape(
  text: string,
  at: number,
  quote: string,
): { readonly length: number; readonly character?: string; readonly byte?: number } | undefined {
  const letter = text.charAt(at);
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { length: 1, character: simple };
  if (letter === quote) return { length: 1, character: quote };
  const octal = /^[0-7]{3}/.exec(text.slice(at));
  if (octal !== null) {
    const byte = parseInt(octal[0], 8);
    return byte > 255 ? undefined : { length: 3, byte };
  }
  const digits = { x: 2, u: 4, U: 8 }[letter];
  if (digits === undefined) return undefined;
  const code = text.slice(at + 1, at + 1 + digits);
  if (code.length !== digits || !/^[0-9a-fA-F]+$/.test(code)) return undefined;
  const value = parseInt(code, 16);
  if (letter === 'x') return { length: 3, byte: value };
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return undefined;
  return { length: 1 + digits, character: String.fromCodePoint(value) };
}

/** The string a Go literal with its quotes stands for, or undefined where it is malformed. */
export function unquoteString(literal: string): string | undefined {
  const quote = literal.charAt(0);
  const body = literal.slice(1, -1);
  if (quote === '`') return body.replaceAll('\r', '');
  if (!body.includes('\\')) return body;
  let out = '';
  let hasBytes = false;
  for (let at = 0; at < body.length; at++) {
    const character = body.charAt(at);
    if (character !== '\\') {
      out += character;
      continue;
    }
    const escape = readEscape(body, at + 1, quote);
    if (escape === undefined) return undefined;
    at += escape.length;
    if (escape.byte === undefined) out += escape.character ?? '';
    else if (escape.byte < 0x80) out += String.fromCharCode(escape.byte);
    else {
      hasBytes = true;
      out += String.fromCharCode(0xdc00 + escape.byte);
    }
  }
  return hasBytes ? joinBytes(out) : out;
}

/** The code point of a character literal with its quotes, or undefined where it is malformed. */
export function unquoteRune(literal: string): { readonly code: number } | { readonly problem: string } {
  const body = literal.slice(1, -1);
  const invalid = { problem: 'invalid syntax' };
  if (body === '') return invalid;
  let code: number | undefined;
  let length: number;
  if (body.startsWith('\\')) {
    const escape = readEscape(body, 1, "'");
    if (escape === undefined) return invalid;
    code = escape.byte ?? escape.character?.codePointAt(0);
    length = 1 + escape.length;
  } else {
    code = body.codePointAt(0);
    length = String.fromCodePoint(code ?? 0).length;
  }
  if (code === undefined) return invalid;
  return length === body.length ? { code } : { problem: `malformed character constant: ${literal}` };
}
