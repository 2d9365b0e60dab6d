import { formatFloat } from './format-float';
import { jsonNumber, mapMembers, structMembers } from './json';
import { byteLength, wellFormed } from './utf8';
import {
  FunctionError,
  GoFloat,
  GoFunction,
  GoInt,
  GoMap,
  GoPointer,
  GoSlice,
  GoStruct,
  isNil,
  type Value,
} from './value';

/** The column from which a line is broken at the next space. */
const BEST_WIDTH = 80;

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
function resolvesToOther(text: string): boolean {
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

const isBreak = (character: string): boolean => character !== '' && BREAK.includes(character);
const isBlankOrEnd = (character: string): boolean => character === '' || character === ' ' || character === '\t';

/** What the characters of a string allow. */
interface Analysis {
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

function analyze(text: string): Analysis {
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

function escapeInQuotes(character: string): string | undefined {
  const isPlain = !UNPRINTABLE.test(character) && !isBreak(character) && character !== '"' && character !== '\\';
  if (isPlain) return undefined;
  const code = character.codePointAt(0) ?? 0;
  const hex = (width: number): string => code.toString(16).toUpperCase().padStart(width, '0');
  const numeric = code <= 0xff ? `x${hex(2)}` : code <= 0xffff ? `u${hex(4)}` : `U${hex(8)}`;
  return `\\${NAMED_ESCAPES[character] ?? numeric}`;
}

/** Writes YAML the way sigs.k8s.io/yaml does: block style, keys in natural order, long lines broken at spaces. */
class YamlWriter {
  private out = '';
  private column = 0;

  write(value: Value): string {
    this.node(value, -1, false, false);
    if (!isBreak(this.out.charAt(this.out.length - 1))) this.out += '\n';
    return this.out;
  }

  private put(text: string): void {
    this.out += text;
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\u2028'), text.lastIndexOf('\u2029'));
    this.column = end < 0 ? this.column + [...text].length : [...text.slice(end + 1)].length;
  }

  private newLine(indent: number): void {
    if (this.out !== '' && !isBreak(this.out.charAt(this.out.length - 1))) this.put('\n');
    this.put(' '.repeat(Math.max(indent, 0)));
  }

  /**
   * @param indent of the container the node is in; -1 at the top
   * @param isInMapping whether it is the value of a mapping: sequences are not indented there
   * @param isOnLine whether the node goes on the line that was begun with `- ` or `key:`
   */
  private node(given: Value, indent: number, isInMapping: boolean, isOnLine: boolean): void {
    const value = given instanceof GoPointer && !given.isNil ? given.target : given;
    if (value instanceof GoFunction) throw new FunctionError(`json: unsupported type: ${value.type.name}`);
    if (value instanceof GoSlice && !value.isNil && value.items.length > 0) {
      this.sequence(value.items, isInMapping ? indent : indent < 0 ? 0 : indent + 2, isOnLine && !isInMapping);
      return;
    }
    if ((value instanceof GoMap && !value.isNil) || value instanceof GoStruct) {
      const members = value instanceof GoMap ? mapMembers(value) : structMembers(value);
      if (members.length > 0) {
        this.mapping(members, indent < 0 ? 0 : indent + 2, isOnLine && !isInMapping);
        return;
      }
    }
    if (isOnLine) this.put(' ');
    this.scalar(value, indent < 0 ? 2 : indent + 2, false);
  }

  private sequence(items: readonly Value[], indent: number, isOnLine: boolean): void {
    items.forEach((item, index) => {
      if (index > 0 || !isOnLine) this.newLine(indent);
      else this.put(' ');
      this.put('-');
      this.node(item, indent, false, true);
    });
  }

  private mapping(members: readonly (readonly [string, Value])[], indent: number, isOnLine: boolean): void {
    const sorted = [...members].sort(([a], [b]) => compareKeys(a, b));
    sorted.forEach(([key, value], index) => {
      if (index > 0 || !isOnLine) this.newLine(indent);
      else this.put(' ');
      const isSimple = !analyze(key).isMultiline && byteLength(key) <= 128;
      if (isSimple) this.string(key, indent, true);
      else {
        this.put('? ');
        this.string(key, indent + 2, false);
        this.newLine(indent);
      }
      this.put(':');
      this.node(value, indent, isSimple, true);
    });
  }

  private scalar(value: Value, indent: number, isKey: boolean): void {
    if (typeof value === 'string') this.string(value, indent, isKey);
    else if (value === null || value === undefined || isNil(value)) this.put('null');
    else if (value instanceof GoFloat) this.put(yamlNumber(value.value));
    else if (value instanceof GoInt) this.put(value.value.toString());
    else if (value instanceof GoMap || value instanceof GoStruct) this.put('{}');
    else if (value instanceof GoSlice) this.put('[]');
    else this.put(String(value));
  }

  private string(raw: string, indent: number, isKey: boolean): void {
    const text = wellFormed(raw);
    const analysis = analyze(text);
    if (text.includes('\n') && analysis.allowsLiteral && !isKey) this.literal(text, indent);
    else if (text.includes('\n') || resolvesToOther(text)) this.doubleQuoted(text, indent, isKey);
    else if (analysis.allowsPlain) this.folded(text, indent, isKey);
    else if (analysis.allowsSingle && !(isKey && analysis.isMultiline)) this.singleQuoted(text, indent, isKey);
    else this.doubleQuoted(text, indent, isKey);
  }

  private literal(text: string, indent: number): void {
    const hint = text.startsWith(' ') || isBreak(text.charAt(0)) ? '2' : '';
    const [last, before] = [text.charAt(text.length - 1), text.charAt(text.length - 2)];
    const chomp = !isBreak(last) ? '-' : before === '' || isBreak(before) ? '+' : '';
    this.put(`|${hint}${chomp}\n`);
    let isAfterBreak = true;
    for (const character of text) {
      if (isAfterBreak && !isBreak(character)) this.put(' '.repeat(indent));
      this.put(character);
      isAfterBreak = isBreak(character);
    }
  }

  /** Breaks the line at a space when it has become too long. */
  private folded(text: string, indent: number, isKey: boolean): void {
    const characters = [...text];
    let isAfterSpace = false;
    characters.forEach((character, index) => {
      const mayBreak = !isKey && !isAfterSpace && this.column > BEST_WIDTH && characters[index + 1] !== ' ';
      if (character === ' ' && mayBreak) this.newLine(indent);
      else this.put(character);
      isAfterSpace = character === ' ';
    });
  }

  private singleQuoted(text: string, indent: number, isKey: boolean): void {
    this.put("'");
    const characters = [...text];
    let isAfterSpace = false;
    characters.forEach((character, index) => {
      const isInside = index > 0 && index < characters.length - 1;
      const mayBreak = !isKey && !isAfterSpace && isInside && this.column > BEST_WIDTH && characters[index + 1] !== ' ';
      if (isBreak(characters[index - 1] ?? '') && !isBreak(character)) this.put(' '.repeat(indent));
      if (character === ' ' && mayBreak) this.newLine(indent);
      else this.put(character === "'" ? "''" : character);
      isAfterSpace = character === ' ';
    });
    this.put("'");
  }

  private doubleQuoted(text: string, indent: number, isKey: boolean): void {
    this.put('"');
    const characters = [...text];
    let isAfterSpace = false;
    characters.forEach((character, index) => {
      const escape = escapeInQuotes(character);
      const isInside = index > 0 && index < characters.length - 1;
      const mayBreak = !isKey && !isAfterSpace && isInside && this.column > BEST_WIDTH;
      if (character === ' ' && mayBreak) {
        this.newLine(indent);
        if (characters[index + 1] === ' ') this.put('\\');
      } else this.put(escape ?? character);
      isAfterSpace = character === ' ' && escape === undefined;
    });
    this.put('"');
  }
}

function yamlNumber(value: number): string {
  const json = jsonNumber(value);
  if (/^-?\d+$/.test(json)) {
    const whole = BigInt(json);
    if (whole >= -(2n ** 63n) && whole < 2n ** 64n) return whole.toString();
  }
  return formatFloat(value, 'g', -1);
}

const isLetter = (character: string): boolean => /\p{L}/u.test(character);
const isDigit = (character: string): boolean => /\p{Nd}/u.test(character);

/** The order of keys in Go's YAML: numbers inside names by value, and letters after everything else. */
export function compareKeys(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i] ?? '', b[i] ?? ''];
    if (x === y) continue;
    const byCode = (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
    if (isLetter(x) && isLetter(y)) return byCode;
    if (isLetter(x) || isLetter(y)) return isLetter(y) ? -1 : 1;
    const [first, second] = [digitRun(a, b, i), digitRun(b, a, i)];
    if (first.value !== second.value) return first.value < second.value ? -1 : 1;
    if (first.end !== second.end) return first.end - second.end;
    return byCode;
  }
  return a.length - b.length;
}

/** The number that starts at `from`; a leading zero counts when digits other than zero come before it. */
function digitRun(text: readonly string[], other: readonly string[], from: number): { value: bigint; end: number } {
  let value = 0n;
  if (text[from] === '0' || other[from] === '0') {
    for (let j = from - 1; j >= 0 && isDigit(text[j] ?? ''); j--) {
      if (text[j] !== '0') {
        value = 1n;
        break;
      }
    }
  }
  let end = from;
  for (; end < text.length && isDigit(text[end] ?? ''); end++) {
    value = value * 10n + BigInt((text[end]?.codePointAt(0) ?? 48) - 48);
  }
  return { value, end };
}

/** A value as YAML, as sigs.k8s.io/yaml writes it. Throws {@link FunctionError} for what has no form in JSON. */
export function toYaml(value: Value): string {
  return new YamlWriter().write(value);
}
