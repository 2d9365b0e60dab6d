const BOOLEANS_AND_NULLS = new Set(
  ['y', 'yes', 'true', 'on', 'n', 'no', 'false', 'off', 'null'].flatMap((word) => [
    word,
    word.charAt(0).toUpperCase() + word.slice(1),
    word.toUpperCase(),
  ]),
);
const OTHER_WORDS = new Set(['', '~', '.nan', '.NaN', '.NAN']);
const INFINITY = /^[+-]?\.(inf|Inf|INF)$/;
const INTEGER = /^[+-]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const DATE =
  /^\d{4}-(\d{1,2})-(\d{1,2})(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d+)?)?$/;

/** True for text that a YAML 1.1 reader takes for something else than a string. */
export function resolvesToOther(text: string): boolean {
  if (BOOLEANS_AND_NULLS.has(text) || OTHER_WORDS.has(text) || INFINITY.test(text)) return true;
  if (!/^[-+.0-9]/.test(text)) return false;
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  if (INTEGER.test(plain)) return true;
  if (FLOAT.test(plain)) return Number.isFinite(Number(plain));
  return BASE_60.test(text) || isDate(text);
}

function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(match[1]), Number(match[2])];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && day >= 1;
}

/** Characters that may stand in YAML as they are. */
const UNPRINTABLE = /[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const BREAK = '\r\n\u0085\u2028\u2029';

/** True for the characters that end a line in YAML. */
export const isBreak = (character: string): boolean => character !== '' && BREAK.includes(character);
const isBlankOrEnd = (character: string): boolean => character === '' || character === ' ' || character === '\t';

/** What the characters of a string allow. */
export interface Analysis {
  readonly isMultiline: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingle: boolean;
  readonly allowsLiteral: boolean;
}

function hasIndicators(text: string): boolean {
  if (/^(---|\.\.\.)/.test(text)) return true;
  const first = text.charAt(0);
  if ('#,[]{}&*!|>\'"%@`'.includes(first)) return true;
  if ('?:-'.includes(first) && isBlankOrEnd(text.charAt(1))) return true;
  return /.:([ \t]|$)/s.test(text) || /[ \t\r\n\u0085\u2028\u2029]#/.test(text);
}

/** What YAML allows a string to be written as. */
export function analyze(text: string): Analysis {
  if (text === '') return { isMultiline: false, allowsPlain: true, allowsSingle: true, allowsLiteral: false };
  const isMultiline = [...text].some(isBreak);
  const isSpecial = UNPRINTABLE.test(text);
  const last = text.charAt(text.length - 1);
  const hasOuterSpace = text.startsWith(' ') || last === ' ' || isBreak(text.charAt(0)) || isBreak(last);
  const hasBreakSpace = /[\r\n\u0085\u2028\u2029] /.test(text);
  const hasSpaceBreak = / [\r\n\u0085\u2028\u2029]/.test(text) || isSpecial;
  return {
    isMultiline,
    allowsPlain: !(isMultiline || hasOuterSpace || hasBreakSpace || hasSpaceBreak || hasIndicators(text)),
    allowsSingle: !(hasBreakSpace || hasSpaceBreak),
    allowsLiteral: !(last === ' ' || hasSpaceBreak),
  };
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\u0000': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

/** The escape of a character inside double quotes; undefined where it stands for itself. */
export function escapeInQuotes(character: string): string | undefined {
  const isPlain = !UNPRINTABLE.test(character) && !isBreak(character) && character !== '"' && character !== '\\';
  if (isPlain) return undefined;
  const code = character.codePointAt(0) ?? 0;
  const hex = (width: number): string => code.toString(16).toUpperCase().padStart(width, '0');
  const numeric = code <= 0xff ? `x${hex(2)}` : code <= 0xffff ? `u${hex(4)}` : `U${hex(8)}`;
  return `\\${NAMED_ESCAPES[character] ?? numeric}`;
}
