import { hasLoneByte, toBytes } from './utf8';

/** What Go's reflection calls a kind. `reflect` marks a parameter that takes a value as it is, absent ones included. */
export type Kind =
  | 'bool'
  | 'int'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'string'
  | 'interface'
  | 'map'
  | 'slice'
  | 'struct'
  | 'ptr'
  | 'func'
  | 'reflect';

/** A method of a type: what `.Receiver.Name` calls. */
export type GoMethod = (receiver: Value, args: readonly Value[]) => Value;

/** A field of a struct type: its name in templates, its type, and how encoding/json writes it. */
export interface GoField {
  readonly type: GoType;
  readonly json: string;
  /** Left out of JSON and YAML when empty. */
  readonly omitEmpty: boolean;
}

/** A Go type, as far as templates can tell types apart. Two types are the same when their names are. */
export interface GoType {
  readonly kind: Kind;
  /** As Go prints it: `map[string]interface {}`, `*v1alpha1.ProxyConfig`. */
  readonly name: string;
  readonly key?: GoType;
  readonly elem?: GoType;
  /** A function, so that types can contain themselves. */
  readonly fields?: () => ReadonlyMap<string, GoField>;
  /**
   * True for a struct of which only some fields are listed: any other field of the JSON form is readable under its Go
   * name, and an absent one is no value instead of an error.
   */
  readonly isOpen?: boolean;
  readonly methods?: Readonly<Record<string, GoMethod>>;
}

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

/** A value of a type, of any where none is said, from its JSON form. Maps and structs are handed the one they convert their content with. */
export type Decode = (raw: unknown, type: GoType | undefined) => Value;

/** The JSON form of a map, and how its entries become values. */
export interface MapSource {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly decode: Decode;
}

/** A Go map. One made from a plain object converts its entries when they are asked for; the object never changes. */
export class GoMap {
  constructor(
    readonly type: GoType,
    private readonly entries: Map<Key, Value> = new Map(),
    private source?: MapSource | undefined,
    readonly isNil = false,
  ) {}

  get(key: Key): Value {
    const known = this.entries.get(key);
    if (known !== undefined || this.source === undefined || typeof key !== 'string') return known;
    if (!Object.hasOwn(this.source.raw, key)) return undefined;
    const raw = this.source.raw[key];
    if (raw === undefined) return undefined;
    const value = this.source.decode(raw, this.type.elem);
    this.entries.set(key, value);
    return value;
  }

  has(key: Key): boolean {
    if (this.entries.has(key)) return true;
    if (this.source === undefined || typeof key !== 'string' || !Object.hasOwn(this.source.raw, key)) return false;
    return this.source.raw[key] !== undefined;
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
    for (const key of Object.keys(source.raw)) this.get(key);
    this.source = undefined;
  }
}

function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  return Number(a) - Number(b);
}

/** The order of Go strings: by code point, which for UTF-8 is by byte. JavaScript's own order differs past U+FFFF. */
export function compareStrings(a: string, b: string): number {
  if (hasLoneByte(a) || hasLoneByte(b)) return compareBytes(toBytes(a), toBytes(b));
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const surrogates = (x >= 0xd800 && x <= 0xdfff ? 1 : 0) - (y >= 0xd800 && y <= 0xdfff ? 1 : 0);
    return surrogates !== 0 && x >= 0xd800 && y >= 0xd800 ? surrogates : x - y;
  }
  return a.length - b.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
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
    private readonly decode: Decode,
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
    const value = field === undefined && raw === undefined ? undefined : this.decode(raw, field?.type);
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
