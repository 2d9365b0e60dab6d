import { decode } from './decode';
import { ANY, ANY_MAP, ANY_SLICE, BOOL, INT, STRING, STRING_SLICE, isIntegerKind, type GoType } from './go-type';

/**
 * A value a template works with, as Go would hold it: a string is a string, a boolean a bool, a number an `int`;
 * everything else carries its type. `null` is a nil interface, `undefined` no value at all (a missing map key), which
 * Go tells apart too: `.a.b` fails when `a` is nil and is `<no value>` when there is no `a`.
 */
export type Value =
  undefined | null | string | boolean | number | GoInt | GoFloat | GoMap | GoSlice | GoStruct | GoPointer | GoFunction;

/** An integer of another type than `int`, or one too big for a JavaScript number. */
export class GoInt {
  constructor(
    readonly type: GoType,
    readonly value: bigint,
  ) {}
}

/** A float64 (or float32): all numbers that come from JSON or YAML. */
export class GoFloat {
  constructor(
    readonly type: GoType,
    readonly value: number,
  ) {}
}

/** Map keys of Go's types that occur: strings, and integers and booleans for typed maps. */
export type Key = string | number | boolean;

/** A Go map. One made from a plain object converts its entries when they are asked for; the object never changes. */
export class GoMap {
  constructor(
    readonly type: GoType,
    private readonly entries: Map<Key, Value> = new Map(),
    private source?: Readonly<Record<string, unknown>> | undefined,
    readonly isNil = false,
  ) {}

  get(key: Key): Value {
    const known = this.entries.get(key);
    if (known !== undefined || this.source === undefined || typeof key !== 'string') return known;
    if (!Object.hasOwn(this.source, key)) return undefined;
    const raw = this.source[key];
    if (raw === undefined) return undefined;
    const value = decode(raw, this.type.elem ?? ANY);
    this.entries.set(key, value);
    return value;
  }

  has(key: Key): boolean {
    if (this.entries.has(key)) return true;
    if (this.source === undefined || typeof key !== 'string' || !Object.hasOwn(this.source, key)) return false;
    return this.source[key] !== undefined;
  }

  /** Keys in the order Go sorts them: by bytes for strings, by value for numbers, false before true. */
  keys(): Key[] {
    if (this.source !== undefined) this.materialize();
    return [...this.entries.keys()].sort(compareKeys);
  }

  get size(): number {
    if (this.source !== undefined) this.materialize();
    return this.entries.size;
  }

  set(key: Key, value: Value): void {
    this.entries.set(key, value);
  }

  delete(key: Key): void {
    this.materialize();
    this.entries.delete(key);
  }

  private materialize(): void {
    const source = this.source;
    if (source === undefined) return;
    for (const key of Object.keys(source)) this.get(key);
    this.source = undefined;
  }
}

function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  return Number(a) - Number(b);
}

/** The order of Go strings: by code point, which for UTF-8 is by byte. JavaScript's own order differs past U+FFFF. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const surrogates = (x >= 0xd800 && x <= 0xdfff ? 1 : 0) - (y >= 0xd800 && y <= 0xdfff ? 1 : 0);
    return surrogates !== 0 && x >= 0xd800 && y >= 0xd800 ? surrogates : x - y;
  }
  return a.length - b.length;
}

/** A Go slice; templates never change one in place. */
export class GoSlice {
  constructor(
    readonly type: GoType,
    readonly items: readonly Value[],
    readonly isNil = false,
  ) {}
}

/** A Go struct, made from its JSON form; a field that the form does not have is the zero value of its type. */
export class GoStruct {
  private readonly values = new Map<string, Value>();

  constructor(
    readonly type: GoType,
    /** The JSON form: values by JSON name. */
    readonly source: Readonly<Record<string, unknown>>,
  ) {}

  /** True when templates may name this field. */
  hasField(name: string): boolean {
    return this.type.fields?.().has(name) === true || this.type.isOpen === true;
  }

  field(name: string): Value {
    if (this.values.has(name)) return this.values.get(name);
    const field = this.type.fields?.().get(name);
    const json = field?.json ?? name.charAt(0).toLowerCase() + name.slice(1);
    const raw = Object.hasOwn(this.source, json) ? this.source[json] : undefined;
    const value = field === undefined && raw === undefined ? undefined : decode(raw, field?.type ?? ANY);
    this.values.set(name, value);
    return value;
  }
}

/** A pointer, nil when `target` is undefined. */
export class GoPointer {
  constructor(
    readonly type: GoType,
    readonly target: Value,
  ) {}

  get isNil(): boolean {
    return this.target === undefined;
  }
}

/** A function that templates may call. It throws {@link FunctionError} to fail as a Go function that returns an error. */
export class GoFunction {
  readonly type: GoType;

  constructor(
    readonly params: readonly GoType[],
    readonly variadic: GoType | undefined,
    readonly call: (args: readonly Value[]) => Value,
    result = 'interface {}',
  ) {
    const inputs = params.map((param) => param.name);
    if (variadic !== undefined) inputs.push(`...${variadic.name}`);
    this.type = { kind: 'func', name: `func(${inputs.join(', ')}) ${result}` };
  }
}

/** What a template function throws to fail; the template's error names the function and repeats the message. */
export class FunctionError extends Error {}

/** The type of a value as Go's reflection has it; undefined for no value and for nil. */
export function typeOf(value: Value): GoType | undefined {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'boolean':
      return BOOL;
    case 'number':
      return INT;
    case 'undefined':
      return undefined;
    default:
      return value === null ? undefined : value.type;
  }
}

/** The integer a value holds, of whatever integer type; undefined when it holds none. */
export function integerOf(value: Value): bigint | undefined {
  if (typeof value === 'number') return BigInt(value);
  return value instanceof GoInt && isIntegerKind(value.type.kind) ? value.value : undefined;
}

/** An integer as a value of `type`; a plain number where Go has an `int`. */
export function integer(value: bigint, type: GoType = INT): Value {
  if (type === INT && value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) {
    return Number(value);
  }
  return new GoInt(type, value);
}

/** A `[]interface {}`. */
export function anySlice(items: readonly Value[]): GoSlice {
  return new GoSlice(ANY_SLICE, items);
}

/** A `[]string`. */
export function stringSlice(items: readonly string[]): GoSlice {
  return new GoSlice(STRING_SLICE, items);
}

/** A `map[string]interface {}`. */
export function anyMap(entries: Iterable<readonly [string, Value]> = []): GoMap {
  return new GoMap(ANY_MAP, new Map<Key, Value>(entries as Iterable<[string, Value]>));
}

/** True when a value is nil in Go's sense: no value, a nil interface, or a nil map, slice or pointer. */
export function isNil(value: Value): boolean {
  if (value === null || value === undefined) return true;
  if (value instanceof GoMap || value instanceof GoSlice || value instanceof GoPointer) return value.isNil;
  return false;
}

/** What `if` goes by: not false, zero, nil or empty. A struct is always true. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'string':
      return value.length > 0;
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'undefined':
      return false;
    default:
      if (value === null) return false;
      if (value instanceof GoMap) return value.size > 0;
      if (value instanceof GoSlice) return value.items.length > 0;
      if (value instanceof GoInt) return value.value !== 0n;
      if (value instanceof GoFloat) return value.value !== 0;
      if (value instanceof GoPointer) return !value.isNil;
      return true;
  }
}
