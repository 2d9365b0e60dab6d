import { parse } from 'yaml';
import type { Json } from '../json';

/** Thrown where the text is more than the plain part of YAML that is read here; the whole then goes to `yaml`. */
const NOT_PLAIN = new Error('not plain');

/** Words that are not text in YAML 1.1, which Go's library reads. */
const SPECIAL = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 'null', 'nan', 'inf']);
const WORD = /^[A-Za-z_/$(][^#:]*$/;
const KEY = /^(?:([A-Za-z_][\w./-]*)|"([^"\\]*)"):(?: +(.*))?$/;
const AMOUNT = /^\d+(?:\.\d+)?(?:m|k|K|M|G|T|Ki|Mi|Gi|Ti|s|%)$/;
const LIST_OF_AMOUNTS = /^\d+(?:,\d+)+$/;

interface Lines {
  readonly source: string;
  readonly indents: readonly number[];
  readonly texts: readonly string[];
  /** Where in the source each line starts, and where the last one ends. */
  readonly starts: readonly number[];
  at: number;
}

/**
 * What was read before, by its text: most of what is rendered for a pod was rendered for the pod before it. What is asked
 * for again outlives what is not.
 */
class Recent<T> {
  private young = new Map<string, T>();
  private old = new Map<string, T>();

  constructor(private readonly most: number) {}

  get(text: string): T | undefined {
    const young = this.young.get(text);
    if (young !== undefined) return young;
    const old = this.old.get(text);
    if (old !== undefined) this.set(text, old);
    return old;
  }

  set(text: string, value: T): void {
    if (this.young.size >= this.most) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(text, value);
  }
}

/** Items of lists. They are frozen, for they are shared. */
const items = new Recent<Json>(300);
const MAX_LENGTH = 400;

/** A line of a mapping: its key, and its value where that is a scalar and not the block below. */
interface Entry {
  readonly key: string;
  readonly value?: Json;
}

const entries = new Recent<Entry>(1000);

function freeze(value: Json): Json {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part as Json);
  return Object.freeze(value);
}

function scalarOf(text: string): Json {
  const first = text.charCodeAt(0);
  // A double-quoted text: Go's quoting and JSON agree on all but \x, \U, \a and \v.
  if (first === 0x22) {
    const end = text.length - 1;
    const inside = text.indexOf('"', 1);
    if (inside === end && text.indexOf('\\') < 0) return text.slice(1, end);
    if (!/^"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"$/.test(text)) throw NOT_PLAIN;
    return JSON.parse(text) as string;
  }
  if (first === 0x7b || first === 0x5b) {
    if (text === '{}') return {};
    if (text === '[]') return [];
    throw NOT_PLAIN;
  }
  if (text.endsWith(' ') || text.includes(' #') || text.includes(': ') || text.endsWith(':')) throw NOT_PLAIN;
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (AMOUNT.test(text) || LIST_OF_AMOUNTS.test(text)) return text;
  if (text.startsWith('--') && /^--[A-Za-z]/.test(text)) return text;
  if (first === 0x2d && /^-[A-Za-z]+$/.test(text)) return text;
  if (WORD.test(text)) {
    if (SPECIAL.has(text.toLowerCase())) throw NOT_PLAIN;
    return text;
  }
  if (/^[A-Za-z_/$(]/.test(text) && !text.includes('#')) return text;
  throw NOT_PLAIN;
}

function isItem(text: string): boolean {
  return text.charCodeAt(0) === 0x2d && (text.length === 1 || text.charCodeAt(1) === 0x20);
}

/** The value below a key or dash whose own line ended: a deeper block, or null. */
function blockBelow(lines: Lines, indent: number, mayBeSequenceAtSameIndent: boolean): Json {
  const next = lines.indents[lines.at];
  if (next === undefined || next < indent) return null;
  const text = lines.texts[lines.at] ?? '';
  if (next === indent) return mayBeSequenceAtSameIndent && isItem(text) ? sequence(lines, next) : null;
  return isItem(text) ? sequence(lines, next) : mapping(lines, next);
}

function sequence(lines: Lines, indent: number): Json {
  const result: Json[] = [];
  while (lines.indents[lines.at] === indent && isItem(lines.texts[lines.at] ?? '')) {
    let end = lines.at + 1;
    while ((lines.indents[end] ?? -1) > indent) end += 1;
    const [from, to] = [lines.starts[lines.at] ?? 0, lines.starts[end] ?? 0];
    if (to - from > MAX_LENGTH) {
      result.push(item(lines, indent));
      if (lines.at !== end) throw NOT_PLAIN;
      continue;
    }
    const source = lines.source.slice(from, to);
    let value = items.get(source);
    if (value === undefined) {
      value = freeze(item(lines, indent));
      if (lines.at !== end) throw NOT_PLAIN;
      items.set(source, value);
    }
    lines.at = end;
    result.push(value);
  }
  return result;
}

function item(lines: Lines, indent: number): Json {
  const text = lines.texts[lines.at] ?? '';
  let start = 1;
  while (text.charCodeAt(start) === 0x20) start += 1;
  const rest = text.slice(start);
  if (rest === '') {
    lines.at += 1;
    return blockBelow(lines, indent, false);
  }
  if (KEY.test(rest)) return mapping(lines, indent + start, rest);
  if (isItem(rest)) throw NOT_PLAIN;
  lines.at += 1;
  return scalarOf(rest);
}

function entryOf(text: string): Entry {
  const known = entries.get(text);
  if (known !== undefined) return known;
  const found = KEY.exec(text);
  if (found === null) throw NOT_PLAIN;
  const key = found[1] ?? found[2] ?? '';
  if (key === '__proto__' || SPECIAL.has(key.toLowerCase())) throw NOT_PLAIN;
  const rest = found[3];
  const entry: Entry = rest === undefined || rest === '' ? { key } : { key, value: freeze(scalarOf(rest)) };
  if (text.length <= MAX_LENGTH) entries.set(text, entry);
  return entry;
}

/** A mapping whose first line may be the rest of a line that started with a dash. */
function mapping(lines: Lines, indent: number, first?: string): Json {
  const result: Record<string, Json> = {};
  let text = first;
  while (text !== undefined || lines.indents[lines.at] === indent) {
    const { key, value } = entryOf(text ?? lines.texts[lines.at] ?? '');
    text = undefined;
    lines.at += 1;
    if (key in result) throw NOT_PLAIN;
    result[key] = value === undefined ? blockBelow(lines, indent, true) : value;
    if (value !== undefined && (lines.indents[lines.at] ?? -1) > indent) throw NOT_PLAIN;
  }
  if ((lines.indents[lines.at] ?? -1) > indent) throw NOT_PLAIN;
  return result;
}

function plain(text: string): Json {
  const indents: number[] = [];
  const texts: string[] = [];
  const starts: number[] = [];
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    let from = start;
    while (from < end && text.charCodeAt(from) === 0x20) from += 1;
    if (from < end) {
      const sign = text.charCodeAt(from);
      let to = end;
      while (to > from && text.charCodeAt(to - 1) === 0x20) to -= 1;
      if (sign === 0x09 || text.charCodeAt(to - 1) === 0x0d) throw NOT_PLAIN;
      if (sign !== 0x23) {
        starts.push(start);
        indents.push(from - start);
        texts.push(text.slice(from, to));
      }
    }
    start = end + 1;
  }
  if (texts.length === 0) return null;
  starts.push(text.length);
  const lines: Lines = { source: text, indents, texts, starts, at: 0 };
  const value = isItem(texts[0] ?? '') ? sequence(lines, indents[0] ?? 0) : mapping(lines, indents[0] ?? 0);
  if (lines.at < texts.length) throw NOT_PLAIN;
  return value;
}

/**
 * The value of a YAML text as Go's library reads it. What templates make is nearly all plain YAML, blocks of keys, items
 * and one-line values, and is read here at once; anything else goes to the `yaml` package.
 *
 * @throws Error when the text is no YAML.
 */
export function parseYaml(text: string): Json {
  try {
    return plain(text);
  } catch (error) {
    if (error !== NOT_PLAIN) throw error;
  }
  return parse(text, {
    version: '1.1',
    merge: true,
    // Dates, binary data and numbers to base 60 are texts for Go's library.
    customTags: (tags) =>
      tags.filter(
        (tag) =>
          typeof tag === 'string' || (!/:(timestamp|binary|set|omap|pairs)$/.test(tag.tag) && tag.format !== 'TIME'),
      ),
  }) as Json;
}
