import { RE2JS, RE2JSSyntaxException } from 're2js';
import { define, int, string } from '../define';
import { STRING_SLICE } from '../go-type';
import type { FunctionMap } from '../template';
import { quoteString } from '../quote';
import { stringSlice } from '../typed-value';
import { FunctionError, GoFunction, GoSlice, type Value } from '../value';

const compiled = new Map<string, RE2JS>();

/** Go's regular expressions (RE2), so that patterns mean here what they mean in istiod. */
function compile(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  try {
    const made = RE2JS.compile(pattern);
    if (compiled.size > 200) compiled.clear();
    compiled.set(pattern, made);
    return made;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const place = error.getPattern();
    throw new FunctionError(
      `error parsing regexp: ${error.getDescription()}${place === null || place === '' ? '' : `: \`${place}\``}`,
    );
  }
}

/** Where a match and its groups are: start and end by turns, -1 for a group that took no part. */
type Match = readonly number[];

/** The matches, as Go finds them: an empty one next to the end of another does not count. */
function matchesOf(pattern: RE2JS, text: string, limit: number): Match[] {
  const matcher = pattern.matcher(text);
  const found: Match[] = [];
  let lastEnd = -1;
  while ((limit < 0 || found.length < limit) && matcher.find()) {
    const match: number[] = [];
    for (let group = 0; group <= matcher.groupCount(); group++) match.push(matcher.start(group), matcher.end(group));
    const [start = 0, end = 0] = match;
    if (start !== end || start !== lastEnd) found.push(match);
    lastEnd = end;
  }
  return found;
}

function groupText(text: string, match: Match, group: number): string {
  const [start = -1, end = -1] = [match[group * 2], match[group * 2 + 1]];
  return start < 0 ? '' : text.slice(start, end);
}

/** `$1`, `${1}`, `$name` and `$$` in a replacement; what names no group is nothing. */
function expand(pattern: RE2JS, template: string, text: string, match: Match): string {
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})?/g, (whole, plain?: string, braced?: string) => {
    if (whole === '$$' || whole === '$') return '$';
    const name = plain ?? braced ?? '';
    const named = Object.entries(pattern.namedGroups()).find(([group]) => group === name)?.[1];
    const group = /^\d+$/.test(name) ? Number(name) : (named ?? -1);
    return group < 0 || group * 2 >= match.length ? '' : groupText(text, match, group);
  });
}

function replaceAll(pattern: RE2JS, text: string, replacement: (match: Match) => string): string {
  let at = 0;
  let out = '';
  for (const match of matchesOf(pattern, text, -1)) {
    const [start = 0, end = 0] = match;
    out += text.slice(at, start) + replacement(match);
    at = end;
  }
  return out + text.slice(at);
}

function findAll(pattern: string, text: string, limit: number): Value {
  const found = matchesOf(compile(pattern), text, limit).map((match) => groupText(text, match, 0));
  return found.length === 0 ? new GoSlice(STRING_SLICE, [], true) : stringSlice(found);
}

function split(pattern: string, text: string, limit: number): Value {
  const regex = compile(pattern);
  if (limit === 0) return new GoSlice(STRING_SLICE, [], true);
  if (pattern !== '' && text === '') return stringSlice(['']);
  const parts: string[] = [];
  let [from, to] = [0, 0];
  for (const match of matchesOf(regex, text, limit)) {
    if (limit > 0 && parts.length === limit - 1) break;
    const [start = 0, end = 0] = match;
    to = start;
    if (end !== 0) parts.push(text.slice(from, to));
    from = end;
  }
  if (to !== text.length) parts.push(text.slice(from));
  return stringSlice(parts);
}

/** Without `must`, Go panics over a bad pattern, and says so in other words. */
const panicking = (made: GoFunction): GoFunction =>
  new GoFunction(made.params, made.variadic, (args) => {
    const pattern = string.read(args[0]);
    try {
      compile(pattern);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const quoted = pattern.includes('`') ? quoteString(pattern) : `\`${pattern}\``;
      throw new FunctionError(`regexp: Compile(${quoted}): ${error.message}`);
    }
    return made.call(args);
  });

const both = (name: string, made: GoFunction): FunctionMap => ({
  [name]: panicking(made),
  [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`]: made,
});

/** Regular expressions. */
export const REGEX_FUNCTIONS: FunctionMap = {
  mustRegexMatch: define([string, string], (pattern, text) => compile(pattern).matcher(text).find()),
  regexMatch: define([string, string], (pattern, text) => {
    try {
      return compile(pattern).matcher(text).find();
    } catch (error) {
      if (error instanceof FunctionError) return false;
      throw error;
    }
  }),
  ...both('regexFindAll', define([string, string, int], findAll)),
  ...both(
    'regexFind',
    define([string, string], (pattern, text) => {
      const [match] = matchesOf(compile(pattern), text, 1);
      return match === undefined ? '' : groupText(text, match, 0);
    }),
  ),
  ...both(
    'regexReplaceAll',
    define([string, string, string], (pattern, text, replacement) => {
      const regex = compile(pattern);
      return replaceAll(regex, text, (match) => expand(regex, replacement, text, match));
    }),
  ),
  ...both(
    'regexReplaceAllLiteral',
    define([string, string, string], (pattern, text, replacement) =>
      replaceAll(compile(pattern), text, () => replacement),
    ),
  ),
  ...both('regexSplit', define([string, string, int], split)),
  regexQuoteMeta: define([string], (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
};
