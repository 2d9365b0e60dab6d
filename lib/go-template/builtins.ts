import { isEqual, isLess } from './comparison';
import { zeroOf } from './decode';
import { string } from './define';
import { escapeHtml, escapeQuery, escapeScript } from './escape';
import { sprint, sprintln } from './format';
import { ANY, INT, REFLECT, STRING, UINT8, isIntegerKind, type GoType } from './go-type';
import { sprintf } from './sprintf';
import { byteLength, sliceBytes, toBytes } from './utf8';
import { integerOf, typeOf } from './typed-value';
import { FunctionError, GoFunction, GoInt, GoMap, GoPointer, GoSlice, isTrue, type Key, type Value } from './value';

/** Follows pointers; a nil one, like a nil interface, is what `what` cannot be taken of. */
function pointee(value: Value, what: string): Exclude<Value, null> {
  if (value === null) throw new FunctionError(`${what} of nil pointer`);
  if (!(value instanceof GoPointer)) return value;
  return pointee(value.isNil ? null : value.target, what);
}

function lengthOf(value: Value): number {
  const item = pointee(value, 'len');
  if (typeof item === 'string') return byteLength(item);
  if (item instanceof GoMap) return item.size;
  if (item instanceof GoSlice) return item.items.length;
  const type = typeOf(item);
  throw new FunctionError(
    type === undefined ? 'reflect: call of reflect.Value.Type on zero Value' : `len of type ${type.name}`,
  );
}

function indexArgument(index: Value, limit: number): number {
  if (index === null || index === undefined) throw new FunctionError('cannot index slice/array with nil');
  const at = integerOf(index);
  if (at === undefined) throw new FunctionError(`cannot index slice/array with type ${typeOf(index)?.name ?? 'nil'}`);
  if (at < 0n || at > BigInt(limit)) throw new FunctionError(`index out of range: ${at}`);
  return Number(at);
}

function mapKey(index: Value, keyType: GoType): Key {
  const type = typeOf(index);
  if (type === undefined) throw new FunctionError(`value is nil; should be of type ${keyType.name}`);
  if (keyType.kind === 'string' && typeof index === 'string') return index;
  if (keyType.kind === 'bool' && typeof index === 'boolean') return index;
  const number = integerOf(index);
  if (isIntegerKind(keyType.kind) && number !== undefined) return Number(number);
  throw new FunctionError(`value has type ${type.name}; should be ${keyType.name}`);
}

function element(container: Value, index: Value): Value {
  const item = pointee(container, 'index');
  if (typeof item === 'string') {
    const bytes = toBytes(item);
    const at = indexArgument(index, bytes.length);
    const byte = bytes[at];
    if (byte === undefined) throw new FunctionError('reflect: string index out of range');
    return new GoInt(UINT8, BigInt(byte));
  }
  if (item instanceof GoSlice) {
    const at = indexArgument(index, item.items.length);
    if (at >= item.items.length) throw new FunctionError('reflect: slice index out of range');
    return item.items[at];
  }
  if (item instanceof GoMap) {
    const key = mapKey(index, item.type.key ?? STRING);
    const value = item.get(key);
    return value === undefined && !item.has(key) ? zeroOf(item.type.elem ?? ANY) : value;
  }
  const type = typeOf(item);
  throw new FunctionError(
    type === undefined ? 'reflect: call of reflect.Value.Type on zero Value' : `can't index item of type ${type.name}`,
  );
}

function indexInto([container, ...indexes]: readonly Value[]): Value {
  if (container === null || container === undefined) throw new FunctionError('index of untyped nil');
  return indexes.reduce<Value>(element, container);
}

function sliceOfItem([given, ...indexes]: readonly Value[]): Value {
  if (given === null || given === undefined) throw new FunctionError('slice of untyped nil');
  const item = pointee(given, 'slice');
  if (indexes.length > 3) throw new FunctionError(`too many slice indexes: ${indexes.length}`);
  if (typeof item === 'string' && indexes.length === 3) throw new FunctionError('cannot 3-index slice a string');
  if (typeof item !== 'string' && !(item instanceof GoSlice)) {
    throw new FunctionError(`can't slice item of type ${typeOf(item)?.name ?? 'nil'}`);
  }
  const length = typeof item === 'string' ? byteLength(item) : item.items.length;
  const [from = 0, to = length, limit] = indexes.map((index) => indexArgument(index, length));
  if (from > to) throw new FunctionError(`invalid slice index: ${from} > ${to}`);
  if (limit !== undefined && to > limit) throw new FunctionError(`invalid slice index: ${to} > ${limit}`);
  return typeof item === 'string' ? sliceBytes(item, from, to) : new GoSlice(item.type, item.items.slice(from, to));
}

/** All arguments as one text, pointers followed. */
function textOf(args: readonly Value[]): string {
  return sprint(args.map((arg) => (arg instanceof GoPointer && !arg.isNil ? arg.target : (arg ?? '<no value>'))));
}

const compare = (test: (left: Value, right: Value) => boolean): GoFunction =>
  new GoFunction([REFLECT, REFLECT], undefined, ([left, right]) => test(left, right), 'bool');

const text = (make: (args: readonly Value[]) => string): GoFunction => new GoFunction([], ANY, make, 'string');

function isLessOrEqual(left: Value, right: Value): boolean {
  return isLess(left, right) || isEqual(left, [right]);
}

const notCalled = (): Value => undefined;

/** The functions every Go template has. `and`, `or` and `call` are carried out by the evaluator. */
export const BUILTIN_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  and: new GoFunction([REFLECT], REFLECT, notCalled, 'reflect.Value'),
  or: new GoFunction([REFLECT], REFLECT, notCalled, 'reflect.Value'),
  call: new GoFunction([REFLECT], REFLECT, notCalled, 'reflect.Value'),
  not: new GoFunction([REFLECT], undefined, ([value]) => !isTrue(value), 'bool'),
  len: new GoFunction([REFLECT], undefined, ([value]) => lengthOf(value), INT.name),
  index: new GoFunction([REFLECT], REFLECT, indexInto, 'reflect.Value'),
  slice: new GoFunction([REFLECT], REFLECT, sliceOfItem, 'reflect.Value'),
  eq: new GoFunction([REFLECT], REFLECT, ([first, ...others]) => isEqual(first, others), 'bool'),
  ne: compare((left, right) => !isEqual(left, [right])),
  lt: compare(isLess),
  le: compare(isLessOrEqual),
  gt: compare((left, right) => !isLessOrEqual(left, right)),
  ge: compare((left, right) => !isLess(left, right)),
  print: text(sprint),
  println: text(sprintln),
  printf: new GoFunction([STRING], ANY, ([format, ...args]) => sprintf(string.read(format), args), 'string'),
  html: text((args) => escapeHtml(textOf(args))),
  js: text((args) => escapeScript(textOf(args))),
  urlquery: text((args) => escapeQuery(textOf(args))),
};
