import { zeroOf } from './decode';
import { ANY, BOOL, INT, STRING, canBeNil, isIntegerKind, pointerTo, type GoType } from './go-type';
import { printNode, type BoolNode, type NumberNode, type StringNode } from './node';
import { integer, integerOf, typeOf } from './typed-value';
import { FunctionError, GoFloat, GoFunction, GoInt, GoPointer, GoStruct, type Value } from './value';

/** Ends the execution of the template with a message. */
export type Fail = (message: string) => never;

/** Go's assignability, as far as it matters here: the same type, or anything to an interface. */
function isAssignable(from: GoType, to: GoType): boolean {
  return to.kind === 'interface' || to.kind === 'reflect' || from === to || from.name === to.name;
}

/** The value as a value of `type`: itself, what it points to, or a pointer to it. */
export function valueAs(value: Value, type: GoType | undefined, fail: Fail): Value {
  if (value === undefined) {
    if (type === undefined || type.kind === 'reflect') return undefined;
    return canBeNil(type) ? zeroOf(type) : fail(`invalid value; expected ${type.name}`);
  }
  if (type === undefined || type.kind === 'reflect' || type.kind === 'interface') return value;
  const actual = typeOf(value);
  if (actual !== undefined && isAssignable(actual, type)) return value;
  if (value instanceof GoPointer && value.type.elem !== undefined && isAssignable(value.type.elem, type)) {
    return value.isNil ? fail(`dereference of nil pointer of type ${type.name}`) : value.target;
  }
  if (value instanceof GoStruct && type.kind === 'ptr' && type.elem?.name === value.type.name) {
    return new GoPointer(pointerTo(value.type), value);
  }
  return fail(`wrong type for value; expected ${type.name}; got ${actual?.name ?? ANY.name}`);
}

/** A number as what Go makes of it where nothing says what it should be. */
export function idealNumber(node: NumberNode, fail: Fail): Value {
  return node.ideal === undefined ? fail(`${node.text} overflows int`) : node.ideal;
}

/** A constant as a value of the type that is wanted. */
export function constantAs(node: BoolNode | StringNode | NumberNode, type: GoType, fail: Fail): Value {
  const expected = (what: string): never => fail(`expected ${what}; found ${printNode(node)}`);
  if (type.kind === 'interface' || type.kind === 'reflect') {
    if (node.type === 'bool') return node.value;
    return node.type === 'string' ? node.text : idealNumber(node, fail);
  }
  if (type.kind === STRING.kind) return node.type === 'string' ? node.text : expected('string');
  if (type.kind === BOOL.kind) return node.type === 'bool' ? node.value : expected('bool');
  if (type.kind === 'float32' || type.kind === 'float64') {
    return node.type === 'number' && node.float !== undefined ? new GoFloat(type, node.float) : expected('float');
  }
  if (!isIntegerKind(type.kind)) return fail(`can't handle ${printNode(node)} for arg of type ${type.name}`);
  const isUnsigned = type.kind.startsWith('uint');
  const value = node.type !== 'number' ? undefined : isUnsigned ? node.unsigned : node.integer;
  if (value === undefined) return expected(isUnsigned ? 'unsigned integer' : 'integer');
  return type === INT ? integer(value) : new GoInt(type, value);
}

function argumentAs(value: Value, type: GoType, index: number): Value {
  const actual = typeOf(value);
  if (actual === undefined) {
    if (!canBeNil(type)) throw new FunctionError(`arg ${index}: value is nil; should be of type ${type.name}`);
    return zeroOf(type);
  }
  if (isAssignable(actual, type)) return value;
  const number = integerOf(value);
  if (number !== undefined && isIntegerKind(type.kind)) return integer(number, type);
  throw new FunctionError(`arg ${index}: value has type ${actual.name}; should be ${type.name}`);
}

/** What the function `call` does with a value that should be a function. */
export function callValue(name: string, callable: Value, args: readonly Value[]): Value {
  if (callable === null || callable === undefined) throw new FunctionError('call of nil');
  if (!(callable instanceof GoFunction)) {
    throw new FunctionError(`non-function ${name} of type ${typeOf(callable)?.name ?? 'nil'}`);
  }
  const { params, variadic } = callable;
  if (variadic === undefined ? args.length !== params.length : args.length < params.length) {
    const want = variadic === undefined ? `want ${params.length}` : `want at least ${params.length}`;
    throw new FunctionError(`wrong number of args for ${name}: got ${args.length} ${want}`);
  }
  return callable.call(args.map((arg, index) => argumentAs(arg, params[index] ?? variadic ?? ANY, index)));
}
