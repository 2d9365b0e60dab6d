import { noFlags, pad, type Flags } from './format-flags';
import { formatFloatVerb, formatIntegerVerb } from './format-number';
import { isIntegerKind, type GoType } from './go-type';
import { quoteString } from './quote';
import { hasLoneByte, toBytes } from './utf8';
import { integerOf, typeOf } from './typed-value';
import { GoFloat, GoFunction, GoInt, GoMap, GoPointer, GoSlice, GoStruct, type Value } from './value';

/** How a verb shows that does not fit its value. */
export function badVerb(value: Value, verb: string, flags: Flags): string {
  const type = typeOf(value);
  if (type === undefined) return `%!${verb}(<nil>)`;
  return `%!${verb}(${type.name}=${formatValue(value, 'v', flags, 0, false)})`;
}

function formatHexString(text: string, verb: string, flags: Flags): string {
  const bytes = [...toBytes(text)].slice(0, flags.precision ?? Infinity);
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  const shown = verb === 'X' ? digits.map((pair) => pair.toUpperCase()) : digits;
  const prefix = flags.sharp && bytes.length > 0 ? `0${verb}` : '';
  return pad(flags.space ? shown.map((pair) => prefix + pair).join(' ') : prefix + shown.join(''), flags);
}

function formatString(text: string, verb: string, flags: Flags): string {
  const cut = flags.precision === undefined ? text : [...text].slice(0, flags.precision).join('');
  switch (verb) {
    case 'v':
      return flags.sharpV ? formatQuoted(cut, flags) : pad(cut, flags);
    case 's':
      return pad(cut, flags);
    case 'x':
    case 'X':
      return formatHexString(text, verb, flags);
    case 'q':
      return formatQuoted(cut, flags);
    default:
      return badVerb(text, verb, flags);
  }
}

function formatQuoted(text: string, flags: Flags): string {
  const canBackquote =
    !/[`\ufeff\u007f]/.test(text) &&
    !hasLoneByte(text) &&
    ![...text].some((character) => character < ' ' && character !== '\t');
  if (flags.sharp && canBackquote) return pad(`\`${text}\``, flags);
  return pad(quoteString(text, flags.plus), flags);
}

/** The elements of a container, between the brackets that the flags call for. */
function formatElements(
  type: GoType,
  isEmpty: boolean,
  elements: readonly string[],
  flags: Flags,
  open: string,
): string {
  if (!flags.sharpV) return `${open}${elements.join(' ')}]`;
  return isEmpty ? `${type.name}(nil)` : `${type.name}{${elements.join(', ')}}`;
}

function formatStruct(value: GoStruct, verb: string, flags: Flags, depth: number): string {
  const fields = [...(value.type.fields?.() ?? new Map<string, never>()).entries()].map(([name, field]) => {
    const text = formatValue(value.field(name), verb, flags, depth + 1, true, field.type);
    return flags.plusV || flags.sharpV ? `${name}:${text}` : text;
  });
  return flags.sharpV ? `${value.type.name}{${fields.join(', ')}}` : `{${fields.join(' ')}}`;
}

function formatPointer(value: GoPointer, verb: string, flags: Flags, depth: number): string {
  const target = value.target;
  if (depth === 0 && (target instanceof GoStruct || target instanceof GoMap || target instanceof GoSlice)) {
    return `&${formatValue(target, verb, flags, 1, true)}`;
  }
  if (verb !== 'v') return badVerb(value, verb, flags);
  if (flags.sharpV) return `(${value.type.name})(${value.isNil ? 'nil' : '0x0'})`;
  return value.isNil ? pad('<nil>', flags) : '0x0';
}

/** The text a type's own method gives, where the type has one and the verb takes text. */
function stringMethod(value: Value, verb: string, flags: Flags): string | undefined {
  const type = typeOf(value);
  if (flags.sharpV || !'vsxXq'.includes(verb) || type === undefined) return undefined;
  const method = type.methods?.['String'] ?? (type.kind === 'ptr' ? type.elem?.methods?.['String'] : undefined);
  if (method === undefined || (value instanceof GoPointer && value.isNil)) return undefined;
  const text = method(value instanceof GoPointer && type.methods === undefined ? value.target : value, []);
  return typeof text === 'string' ? text : undefined;
}

/** One value under one verb; `depth` is 0 for an argument itself, more inside containers. */
export function formatValue(
  value: Value,
  verb: string,
  flags: Flags,
  depth = 0,
  hasMethods = true,
  staticType?: GoType,
): string {
  if (value === null || value === undefined) {
    if (depth > 0) return flags.sharpV ? `${staticType?.name ?? 'interface {}'}(nil)` : '<nil>';
    return verb === 'v' ? pad('<nil>', flags) : badVerb(value, verb, flags);
  }
  const own = hasMethods ? stringMethod(value, verb, flags) : undefined;
  if (own !== undefined) return formatString(own, verb, flags);
  if (typeof value === 'string') return formatString(value, verb, flags);
  if (typeof value === 'boolean')
    return verb === 'v' || verb === 't' ? pad(String(value), flags) : badVerb(value, verb, flags);
  if (value instanceof GoFloat) return formatFloatVerb(value, verb, flags) ?? badVerb(value, verb, flags);
  if (value instanceof GoSlice) {
    if (value.type.elem?.kind === 'uint8' && 'sqxX'.includes(verb))
      return formatString(bytesAsText(value), verb, flags);
    const elements = value.items.map((item) => formatValue(item, verb, flags, depth + 1, true, value.type.elem));
    return formatElements(value.type, value.isNil, elements, flags, '[');
  }
  if (value instanceof GoMap) {
    const elements = value.keys().map((key) => {
      const entry = formatValue(value.get(key), verb, flags, depth + 1, true, value.type.elem);
      return `${formatValue(key, verb, flags, depth + 1)}:${entry}`;
    });
    return formatElements(value.type, value.isNil, elements, flags, 'map[');
  }
  if (value instanceof GoStruct) return formatStruct(value, verb, flags, depth);
  if (value instanceof GoPointer) return formatPointer(value, verb, flags, depth);
  if (value instanceof GoFunction) return flags.sharpV ? `(${value.type.name})(0x0)` : '0x0';
  const number = integerOf(value);
  const text = number === undefined ? undefined : formatIntegerVerb(value, number, verb, flags);
  return text ?? badVerb(value, verb, flags);
}

function bytesAsText(value: GoSlice): string {
  return value.items.map((item) => String.fromCharCode(Number(integerOf(item) ?? 0n))).join('');
}

/** `fmt.Sprint` of one value. */
export function display(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return formatValue(value, 'v', noFlags());
}

function isString(value: Value): boolean {
  return typeOf(value)?.kind === 'string';
}

/** `fmt.Sprint`: a space only between operands of which neither is a string. */
export function sprint(args: readonly Value[]): string {
  let out = '';
  args.forEach((arg, index) => {
    if (index > 0 && !isString(arg) && !isString(args[index - 1])) out += ' ';
    out += display(arg);
  });
  return out;
}

/** `fmt.Sprintln`: a space between all operands, a line end after them. */
export function sprintln(args: readonly Value[]): string {
  return `${args.map((arg) => display(arg)).join(' ')}\n`;
}

/** True for what a width given as `*` must be. */
export function isInteger(value: Value): boolean {
  const kind = typeOf(value)?.kind;
  return kind !== undefined && isIntegerKind(kind) && (typeof value === 'number' || value instanceof GoInt);
}
