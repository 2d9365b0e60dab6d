import { any, define, defineVariadic, int, string } from '../define';
import { display } from '../format';
import { quoteString } from '../quote';
import type { FunctionMap } from '../template';
import { byteLength, hasLoneByte, joinBytes, sliceBytes, splitBytes, toBytes } from '../utf8';
import { stringSlice } from '../typed-value';
import { FunctionError, GoMap, type Key, type Value } from '../value';
import { STRING_MAP } from '../go-type';
import { textOf, textsOf } from './convert';
import { abbreviate, deleteSpace, initials, lower, swapCase, titleCase, untitle, upper, wrap } from './words';
import { joinWords, pascalCase } from './letter-case';

/** What Go takes for space. */
const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const OUTER_SPACE = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');

const isNil = (value: Value): boolean => value === null || value === undefined;

function trimSet(set: string, text: string): string {
  const characters = [...text];
  const members = new Set(set);
  let [from, to] = [0, characters.length];
  while (from < to && members.has(characters[from] ?? '')) from++;
  while (to > from && members.has(characters[to - 1] ?? '')) to--;
  return characters.slice(from, to).join('');
}

function indent(spaces: number, text: string): string {
  if (spaces < 0) throw new FunctionError('strings: negative Repeat count');
  const pad = ' '.repeat(spaces);
  return pad + text.replaceAll('\n', `\n${pad}`);
}

function truncate(count: number, text: string): string {
  const length = byteLength(text);
  if (count < 0 && length + count > 0) return sliceBytes(text, length + count, length);
  return count >= 0 && length > count ? sliceBytes(text, 0, count) : text;
}

function substring(start: number, end: number, text: string): string {
  const length = byteLength(text);
  const outOfRange = (range: string): never => {
    throw new FunctionError(`runtime error: slice bounds out of range ${range}`);
  };
  if (start < 0) {
    if (end < 0) outOfRange(`[:${end}]`);
    return end > length ? outOfRange(`[:${end}] with length ${length}`) : sliceBytes(text, 0, end);
  }
  const to = end < 0 || end > length ? length : end;
  if (start > to) outOfRange(to === end ? `[${start}:${end}]` : `[${start}:${length}]`);
  return sliceBytes(text, start, to);
}

/** Part and text to search it in: byte by byte where the part has a byte that is not a character, for Go searches bytes. */
function searched(part: string, text: string): readonly [string, string] {
  return hasLoneByte(part) ? [splitBytes(part), splitBytes(text)] : [part, text];
}

const contains = (part: string, text: string): boolean => {
  const [searchedPart, whole] = searched(part, text);
  return whole.includes(searchedPart);
};

const hasPrefix = (start: string, text: string): boolean => {
  const [searchedStart, whole] = searched(start, text);
  return whole.startsWith(searchedStart);
};

const hasSuffix = (end: string, text: string): boolean => {
  const [searchedEnd, whole] = searched(end, text);
  return whole.endsWith(searchedEnd);
};

/** `strings.Split`: at every place the separator stands, between all characters where it is empty. */
function splitAll(text: string, separator: string): string[] {
  if (separator === '') return [...text];
  const [searchedSeparator, whole] = searched(separator, text);
  return whole.split(searchedSeparator).map(joinBytes);
}

/** `strings.SplitN`: at most `limit` parts, all when negative, none when zero. */
function splitParts(text: string, separator: string, limit: number): string[] {
  if (limit === 0) return [];
  const parts = splitAll(text, separator);
  if (limit < 0 || parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

function numbered(parts: readonly string[]): GoMap {
  return new GoMap(STRING_MAP, new Map(parts.map((part, index): [Key, Value] => [`_${index}`, part])));
}

function repeat(count: number, text: string): string {
  if (count < 0) throw new FunctionError('strings: negative Repeat count');
  return text.repeat(count);
}

/** JavaScript replaces an empty text only once at each end; Go puts it between all characters. */
function replaceAll(from: string, to: string, text: string): string {
  return from === '' ? to + [...text].map((character) => character + to).join('') : splitAll(text, from).join(to);
}

function adler32(text: string): string {
  let [a, b] = [1, 0];
  for (const byte of toBytes(text)) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return String(b * 65536 + a);
}

const trimAll = define([string, string], trimSet);

/** Text. Positions and lengths count bytes, as in Go. */
export const STRING_FUNCTIONS: FunctionMap = {
  hello: define([], () => 'Hello!'),
  abbrev: define([int, string], (width, text) => (width < 4 ? text : abbreviate(text, 0, width))),
  abbrevboth: define([int, int, string], (left, right, text) =>
    right < 4 || (left > 0 && right < 7) ? text : abbreviate(text, left, right),
  ),
  trunc: define([int, string], truncate),
  trim: define([string], (text) => text.replace(OUTER_SPACE, '')),
  trimall: trimAll,
  trimAll,
  trimSuffix: define([string, string], (end, text) =>
    hasSuffix(end, text) ? sliceBytes(text, 0, byteLength(text) - byteLength(end)) : text,
  ),
  trimPrefix: define([string, string], (start, text) =>
    hasPrefix(start, text) ? sliceBytes(text, byteLength(start), byteLength(text)) : text,
  ),
  upper: define([string], (text) => [...text].map(upper).join('')),
  lower: define([string], (text) => [...text].map(lower).join('')),
  title: define([string], titleCase),
  untitle: define([string], untitle),
  swapcase: define([string], swapCase),
  initials: define([string], initials),
  nospace: define([string], deleteSpace),
  snakecase: define([string], (text) => joinWords(text, '_')),
  kebabcase: define([string], (text) => joinWords(text, '-')),
  camelcase: define([string], pascalCase),
  wrap: define([int, string], (width, text) => wrap(text, width, '\n', false)),
  wrapWith: define([int, string, string], (width, separator, text) => wrap(text, width, separator || '\n', true)),
  substr: define([int, int, string], substring),
  repeat: define([int, string], repeat),
  contains: define([string, string], contains),
  hasPrefix: define([string, string], hasPrefix),
  hasSuffix: define([string, string], hasSuffix),
  quote: defineVariadic([], any, (...values) =>
    values
      .filter((value) => !isNil(value))
      .map((value) => quoteString(textOf(value)))
      .join(' '),
  ),
  squote: defineVariadic([], any, (...values) =>
    values
      .filter((value) => !isNil(value))
      .map((value) => `'${display(value)}'`)
      .join(' '),
  ),
  cat: defineVariadic([], any, (...values) =>
    values
      .filter((value) => !isNil(value))
      .map(display)
      .join(' '),
  ),
  indent: define([int, string], indent),
  nindent: define([int, string], (spaces, text) => `\n${indent(spaces, text)}`),
  replace: define([string, string, string], replaceAll),
  plural: define([string, string, int], (one, many, count) => (count === 1 ? one : many)),
  toString: define([any], textOf),
  toStrings: define([any], (value) => stringSlice(textsOf(value))),
  join: define([string, any], (separator, value) => textsOf(value).join(separator)),
  split: define([string, string], (separator, text) => numbered(splitParts(text, separator, -1))),
  splitn: define([string, int, string], (separator, count, text) => numbered(splitParts(text, separator, count))),
  splitList: define([string, string], (separator, text) => stringSlice(splitParts(text, separator, -1))),
  adler32sum: define([string], adler32),
};
