import { formatFloat } from './format-float';
import { decode } from './decode';
import { ANY } from './go-type';
import { joinBytes } from './utf8';
import { integerOf } from './typed-value';
import {
  FunctionError,
  GoFloat,
  GoFunction,
  GoMap,
  GoPointer,
  GoSlice,
  GoStruct,
  compareStrings,
  isNil,
  type Value,
} from './value';

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string as encoding/json writes it: with `<`, `>` and `&` escaped too, unless told otherwise. */
function jsonString(text: string, isHtmlSafe = true): string {
  // JSON escapes the control characters, and with U+FFFD what is not a character.
  const special = isHtmlSafe
    ? /["\\\u0000-\u001f<>&\u2028\u2029\ud800-\udfff]/gu // eslint-disable-line no-control-regex
    : /["\\\u0000-\u001f\u2028\u2029\ud800-\udfff]/gu; // eslint-disable-line no-control-regex
  const escape = (character: string): string => {
    const code = character.charCodeAt(0);
    return SHORT[character] ?? `\\u${(code < 0xd800 ? code : 0xfffd).toString(16).padStart(4, '0')}`;
  };
  return `"${joinBytes(text).replace(special, escape)}"`;
}

/** A float as encoding/json writes it. */
export function jsonNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new FunctionError(`json: unsupported value: ${formatFloat(value, 'g', -1)}`);
  }
  const size = Math.abs(value);
  const isLong = size !== 0 && (size < 1e-6 || size >= 1e21);
  return formatFloat(value, isLong ? 'e' : 'f', -1).replace(/e-0(\d)$/, 'e-$1');
}

/** True for what `omitempty` leaves out: false, zero, nil, and empty strings, maps and slices. Structs stay. */
function isEmptyJson(value: Value): boolean {
  if (isNil(value)) return true;
  if (value instanceof GoMap) return value.size === 0;
  if (value instanceof GoSlice) return value.items.length === 0;
  if (value instanceof GoFloat) return value.value === 0;
  return value === '' || value === false || integerOf(value) === 0n;
}

/** The members that encoding/json writes of a struct, in its order. */
export function structMembers(value: GoStruct): [string, Value][] {
  const members: [string, Value][] = [];
  const listed = new Set<string>();
  for (const [name, field] of value.type.fields?.() ?? []) {
    listed.add(field.json);
    const member = value.field(name);
    if (field.json !== '-' && !(field.omitEmpty && isEmptyJson(member))) members.push([field.json, member]);
  }
  if (value.type.isOpen !== true) return members;
  for (const [json, raw] of Object.entries(value.source)) {
    if (!listed.has(json) && raw !== undefined) members.push([json, decode(raw, ANY)]);
  }
  return members;
}

/** The members of a map, sorted as encoding/json sorts them. */
export function mapMembers(value: GoMap): [string, Value][] {
  const members = value.keys().map((key): [string, Value] => [String(key), value.get(key)]);
  return members.sort(([a], [b]) => compareStrings(a, b));
}

/**
 * A value as JSON, as encoding/json writes it. With an indent, one member per line. Throws {@link FunctionError} for
 * what JSON has no form for.
 */
export function toJson(
  value: Value,
  options: { readonly isHtmlSafe?: boolean; readonly indent?: string } = {},
): string {
  return writeJson(value, options.isHtmlSafe ?? true, options.indent, '\n');
}

function writeJson(value: Value, isHtmlSafe: boolean, indent: string | undefined, lineEnd: string): string {
  if (value === null || value === undefined || (isNil(value) && !(value instanceof GoFunction))) return 'null';
  if (typeof value === 'string') return jsonString(value, isHtmlSafe);
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (value instanceof GoFloat) return jsonNumber(value.value);
  if (value instanceof GoPointer) return writeJson(value.target, isHtmlSafe, indent, lineEnd);
  if (value instanceof GoFunction) throw new FunctionError(`json: unsupported type: ${value.type.name}`);
  const inner = indent === undefined ? '' : lineEnd + indent;
  const enclose = (open: string, items: readonly string[], close: string): string =>
    items.length === 0
      ? open + close
      : `${open}${inner}${items.join(`,${inner}`)}${indent === undefined ? '' : lineEnd}${close}`;
  if (value instanceof GoSlice) {
    const items = value.items.map((item) => writeJson(item, isHtmlSafe, indent, inner));
    return enclose('[', items, ']');
  }
  if (value instanceof GoMap || value instanceof GoStruct) {
    const members = value instanceof GoMap ? mapMembers(value) : structMembers(value);
    const colon = indent === undefined ? ':' : ': ';
    const items = members.map(
      ([key, member]) => jsonString(key, isHtmlSafe) + colon + writeJson(member, isHtmlSafe, indent, inner),
    );
    return enclose('{', items, '}');
  }
  return value.value.toString();
}

/** JSON text as encoding/json reads it into an `interface {}`. Throws {@link FunctionError} for text that is no JSON. */
export function fromJson(text: string): Value {
  try {
    return decode(JSON.parse(text), ANY);
  } catch (error) {
    if (error instanceof SyntaxError) throw new FunctionError(syntaxProblem(text));
    throw error;
  }
}

function syntaxProblem(text: string): string {
  if (text.trim() === '') return 'unexpected end of JSON input';
  return 'invalid character in JSON input';
}
