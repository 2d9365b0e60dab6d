import { decode, zeroOf } from './decode';
import { display } from './format';
import { ANY, BOOL, INT, REFLECT, STRING, canBeNil, isIntegerKind, pointerTo, type GoType } from './go-type';
import {
  printNode,
  type BranchNode,
  type ChainNode,
  type CommandNode,
  type IdentifierNode,
  type ListNode,
  type Operand,
  type PipeNode,
  type Statement,
  type TemplateNode,
  type TemplateTreeNode,
  type VariableNode,
} from './node';
import { quoteString } from './quote';
import { TemplateError, columnAt, lineAt } from './template-error';
import {
  FunctionError,
  GoFloat,
  GoFunction,
  GoInt,
  GoMap,
  GoPointer,
  GoSlice,
  GoStruct,
  integer,
  integerOf,
  isTrue,
  typeOf,
  type Value,
} from './value';

/** Templates that know each other by name, and what belongs to all of them. */
export interface TemplateSet {
  /** The name errors give as the place. */
  readonly name: string;
  readonly text: string;
  readonly trees: ReadonlyMap<string, ListNode>;
  readonly functions: ReadonlyMap<string, GoFunction>;
  /** Names of functions that are text/template's own, `and`, `or` and `call` being more than functions. */
  readonly isBuiltin: (name: string) => boolean;
  readonly missingKey: 'default' | 'zero' | 'error';
}

interface Variable {
  readonly name: string;
  value: Value;
  /** Whether Go holds the value in a variable of interface type: error messages name that type then. */
  isInterface: boolean;
}

/** What is piped into the first command of a pipeline: nothing, which is not the same as no value. */
const NOTHING = Symbol('nothing');
type Final = Value | typeof NOTHING;

type Outcome = 'done' | 'break' | 'continue';

const MAX_DEPTH = 100_000;

/** What the function `slice` makes of an index that Go holds in an interface: a value of no integer type. */
const HELD_IN_INTERFACE = new GoStruct(ANY, {});

/** One run of one template. */
export class Execution {
  private out = '';
  private node: TemplateTreeNode | undefined;
  private variables: Variable[] = [];
  private dot: Value;
  private isDotInterface = false;
  private depth = 0;
  /** The call of a template that was begun last: where recursion without end is reported. */
  private innermost: TemplateNode | undefined;
  /** Whether the field that was read last is declared as an interface. */
  private isFieldInterface = false;

  constructor(
    private readonly set: TemplateSet,
    private template: string,
    data: unknown,
  ) {
    this.dot = decode(data, ANY);
    if (this.dot === null) this.dot = undefined;
    this.variables.push({ name: '$', value: this.dot, isInterface: false });
  }

  /** The text the template makes. Throws {@link TemplateError}. */
  run(): string {
    const root = this.set.trees.get(this.template);
    if (root === undefined) return this.fail(`${quoteString(this.template)} is an incomplete or empty template`);
    try {
      this.walkList(root);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.node = this.innermost;
      this.fail(`exceeded maximum template depth (${MAX_DEPTH})`);
    }
    return this.out;
  }

  private fail(message: string): never {
    const { name, text } = this.set;
    if (this.node === undefined) {
      throw new TemplateError(`template: ${this.template}: ${message}`, 'execute', name, undefined);
    }
    const line = lineAt(text, this.node.offset);
    const column = columnAt(text, this.node.offset);
    const place = `template: ${name}:${line}:${column}: executing ${quoteString(this.template)}`;
    const what = `${place} at <${printNode(this.node)}>: ${message}`;
    throw new TemplateError(what, 'execute', name, line, column);
  }

  private walkList(list: ListNode): Outcome {
    this.node = list;
    for (const node of list.nodes) {
      const outcome = this.walk(node);
      if (outcome !== 'done') return outcome;
    }
    return 'done';
  }

  private walk(node: Statement): Outcome {
    this.node = node;
    switch (node.type) {
      case 'text':
        this.out += node.text;
        return 'done';
      case 'action': {
        const value = this.pipeline(node.pipe);
        if (node.pipe.variables.length === 0) this.print(node, value);
        return 'done';
      }
      case 'if':
      case 'with':
        return this.walkCondition(node);
      case 'range':
        return this.walkRange(node);
      case 'template':
        this.walkTemplate(node);
        return 'done';
      case 'break':
      case 'continue':
        return node.type;
    }
  }

  private print(node: Statement, value: Value): void {
    this.node = node;
    let shown = value;
    while (shown instanceof GoPointer && !shown.isNil && shown.type.methods === undefined) {
      if (shown.type.elem?.methods?.['String'] !== undefined) break;
      shown = shown.target;
    }
    if (shown === undefined) this.out += '<no value>';
    else if (shown instanceof GoFunction) this.fail(`can't print ${printNode(node)} of type ${shown.type.name}`);
    else this.out += display(shown);
  }

  private walkCondition(node: BranchNode): Outcome {
    const mark = this.variables.length;
    const value = this.pipeline(node.pipe);
    let outcome: Outcome = 'done';
    if (isTrue(value)) {
      outcome = node.type === 'with' ? this.withDot(value, false, node.list) : this.walkList(node.list);
    } else if (node.otherwise !== undefined) outcome = this.walkList(node.otherwise);
    this.variables.length = mark;
    return outcome;
  }

  private withDot(dot: Value, isInterface: boolean, list: ListNode): Outcome {
    const [outer, wasInterface] = [this.dot, this.isDotInterface];
    this.dot = dot;
    this.isDotInterface = isInterface;
    const outcome = this.walkList(list);
    this.dot = outer;
    this.isDotInterface = wasInterface;
    return outcome;
  }

  private walkRange(node: BranchNode): Outcome {
    const start = this.variables.length;
    const value = indirect(this.pipeline(node.pipe));
    let outcome = this.iterate(node, value);
    // In Go the variables of a range still exist in its else.
    outcome ??= node.otherwise === undefined ? 'done' : this.walkList(node.otherwise);
    this.variables.length = start;
    return outcome;
  }

  /** Walks the body once per element; undefined where there is none. */
  private iterate(node: BranchNode, value: Value): Outcome | undefined {
    const declared = node.pipe.variables.length;
    const count = integerOf(value);
    if (count !== undefined) {
      if (declared > 1) this.fail(`can't use ${display(value)} to iterate over more than one variable`);
      if (count <= 0n) return undefined;
      const type = typeOf(value) ?? INT;
      for (let i = 0n; i < count; i++) {
        const outcome = this.oneIteration(node, undefined, integer(i, type), false);
        if (outcome === 'break') break;
      }
      return 'done';
    }
    if (value instanceof GoSlice) {
      if (value.items.length === 0) return undefined;
      const isInterface = value.type.elem?.kind === 'interface';
      for (const [index, item] of value.items.entries()) {
        if (this.oneIteration(node, index, item, isInterface) === 'break') break;
      }
      return 'done';
    }
    if (value instanceof GoMap) {
      const keys = value.keys();
      if (keys.length === 0) return undefined;
      const isInterface = value.type.elem?.kind === 'interface';
      const keyType = value.type.key ?? STRING;
      for (const key of keys) {
        const typedKey = typeof key === 'number' ? integer(BigInt(key), keyType) : key;
        if (this.oneIteration(node, typedKey, value.get(key), isInterface) === 'break') break;
      }
      return 'done';
    }
    if (value === null || value === undefined || value instanceof GoPointer) {
      if (value instanceof GoPointer) this.fail(`range can't iterate over <nil>`);
      return undefined;
    }
    return this.fail(`range can't iterate over ${display(value)}`);
  }

  private oneIteration(node: BranchNode, index: Value, element: Value, isInterface: boolean): Outcome {
    const { variables, isAssignment } = node.pipe;
    const [first, second] = variables;
    if (first !== undefined) {
      const [single, pair] = second === undefined ? [first, undefined] : [second, first];
      if (isAssignment) {
        if (pair !== undefined) this.assign(pair.path[0] ?? '', index, false);
        this.assign(single.path[0] ?? '', element, isInterface);
      } else {
        this.setTop(1, element, isInterface);
        if (pair !== undefined) this.setTop(2, index, false);
      }
    }
    const mark = this.variables.length;
    const outcome = this.withDot(element, isInterface, node.list);
    this.variables.length = mark;
    return outcome;
  }

  private setTop(fromTop: number, value: Value, isInterface: boolean): void {
    const variable = this.variables[this.variables.length - fromTop];
    if (variable === undefined) return;
    variable.value = value;
    variable.isInterface = isInterface;
  }

  private assign(name: string, value: Value, isInterface: boolean): void {
    const variable = this.known(name);
    if (variable === undefined) this.fail(`undefined variable: ${name}`);
    variable.value = value;
    variable.isInterface = isInterface;
  }

  private walkTemplate(node: TemplateNode): void {
    const list = this.set.trees.get(node.name);
    if (list === undefined) return this.fail(`template ${quoteString(node.name)} not defined`);
    this.innermost = node;
    if (this.depth === MAX_DEPTH) this.fail(`exceeded maximum template depth (${MAX_DEPTH})`);
    const dot = node.pipe === undefined ? undefined : this.pipeline(node.pipe);
    const [outerVariables, outerTemplate] = [this.variables, this.template];
    this.variables = [{ name: '$', value: dot, isInterface: false }];
    this.template = node.name;
    this.depth++;
    this.withDot(dot, false, list);
    this.depth--;
    this.variables = outerVariables;
    this.template = outerTemplate;
  }

  private pipeline(pipe: PipeNode): Value {
    this.node = pipe;
    let value: Final = NOTHING;
    for (const command of pipe.commands) {
      value = this.command(command, value);
      if (value === null) value = undefined;
    }
    const result = value === NOTHING ? undefined : value;
    for (const variable of pipe.variables) {
      const name = variable.path[0] ?? '';
      if (pipe.isAssignment) this.assign(name, result, false);
      else this.variables.push({ name, value: result, isInterface: false });
    }
    return result;
  }

  private notAFunction(args: readonly Operand[], final: Final): void {
    const [first] = args;
    if (first !== undefined && (args.length > 1 || final !== NOTHING)) {
      this.fail(`can't give argument to non-function ${printNode(first)}`);
    }
  }

  private command(command: CommandNode, final: Final): Value {
    const [first] = command.args;
    if (first === undefined) return undefined;
    switch (first.type) {
      case 'field':
        this.node = first;
        return this.fieldChain(this.dot, this.isDotInterface, first, first.path, command.args, final);
      case 'chain':
        return this.chain(first, command.args, final);
      case 'identifier':
        return this.callByName(first, command, command.args, final);
      case 'pipe':
        this.notAFunction(command.args, final);
        return this.pipeline(first);
      case 'variable':
        return this.variable(first, command.args, final);
      default:
    }
    this.node = first;
    this.notAFunction(command.args, final);
    switch (first.type) {
      case 'bool':
        return first.value;
      case 'dot':
        return this.dot;
      case 'nil':
        return this.fail('nil is not a command');
      case 'string':
        return first.text;
      case 'number':
        return first.ideal === undefined ? this.fail(`${first.text} overflows int`) : first.ideal;
    }
  }

  /** The variable of that name declared last; a loop, for this is asked more often than anything else. */
  private known(name: string): Variable | undefined {
    for (let i = this.variables.length - 1; i >= 0; i--) {
      const variable = this.variables[i];
      if (variable?.name === name) return variable;
    }
    return undefined;
  }

  private variable(node: VariableNode, args: readonly Operand[], final: Final): Value {
    this.node = node;
    const name = node.path[0] ?? '';
    const variable = this.known(name);
    if (variable === undefined) return this.fail(`undefined variable: ${name}`);
    if (node.path.length > 1) {
      return this.fieldChain(variable.value, variable.isInterface, node, node.path.slice(1), args, final);
    }
    this.notAFunction(args, final);
    return variable.value;
  }

  private chain(node: ChainNode, args: readonly Operand[], final: Final): Value {
    this.node = node;
    if (node.node.type === 'nil') this.fail(`indirection through explicit nil in ${printNode(node)}`);
    const receiver = this.argument(undefined, node.node);
    return this.fieldChain(receiver, false, node, node.path, args, final);
  }

  private fieldChain(
    start: Value,
    isStartInterface: boolean,
    node: Operand,
    path: readonly string[],
    args: readonly Operand[],
    final: Final,
  ): Value {
    let receiver = start;
    let isInterface = isStartInterface;
    const last = path.length - 1;
    for (let i = 0; i < last; i++) {
      const name = path[i] ?? '';
      const value = this.field(name, node, [], NOTHING, receiver, isInterface);
      isInterface = isInterfaceElement(receiver, name);
      receiver = value;
    }
    const name = path[last] ?? '';
    const value = this.field(name, node, args, final, receiver, isInterface);
    this.isFieldInterface = isInterfaceElement(receiver, name);
    return value;
  }

  private field(
    name: string,
    node: Operand,
    args: readonly Operand[],
    final: Final,
    given: Value,
    isInterface: boolean,
  ): Value {
    if (given === undefined) {
      if (this.set.missingKey === 'error') this.fail(`nil data; no entry for key ${quoteString(name)}`);
      return undefined;
    }
    const typeName = isInterface || given === null ? ANY.name : typeOf(given)?.name;
    if (given === null) return this.fail(`nil pointer evaluating ${typeName}.${name}`);
    const receiver = indirect(given);
    const method = methodOf(given, name);
    if (method !== undefined) return this.call(method, name, false, node, args, final);
    const hasArguments = args.length > 1 || final !== NOTHING;
    if (receiver instanceof GoMap && receiver.type.key?.kind === 'string') {
      if (hasArguments) this.fail(`${name} is not a method but has arguments`);
      const value = receiver.get(name);
      return value === undefined && !receiver.has(name) ? this.missing(receiver, name) : value;
    }
    if (receiver instanceof GoStruct && receiver.hasField(name)) {
      if (hasArguments) this.fail(`${name} has arguments but cannot be invoked as function`);
      return receiver.field(name);
    }
    if (receiver instanceof GoPointer) {
      const target = receiver.type.elem;
      if (target?.kind !== 'struct' || target.fields?.().has(name) === true || target.isOpen === true) {
        this.fail(`nil pointer evaluating ${typeName}.${name}`);
      }
    }
    return this.fail(`can't evaluate field ${name} in type ${typeName}`);
  }

  private missing(map: GoMap, key: string): Value {
    if (this.set.missingKey === 'error') this.fail(`map has no entry for key ${quoteString(key)}`);
    return this.set.missingKey === 'zero' ? zeroOf(map.type.elem ?? ANY) : undefined;
  }

  private callByName(
    node: IdentifierNode,
    place: CommandNode | IdentifierNode,
    args: readonly Operand[],
    final: Final,
  ): Value {
    this.node = node;
    const callee = this.set.functions.get(node.name);
    if (callee === undefined) return this.fail(`${quoteString(node.name)} is not a defined function`);
    return this.call(callee, node.name, this.set.isBuiltin(node.name), place, args, final);
  }

  private call(
    callee: GoFunction,
    name: string,
    isBuiltin: boolean,
    node: TemplateTreeNode,
    allArgs: readonly Operand[],
    final: Final,
  ): Value {
    const count = Math.max(allArgs.length - 1, 0);
    const given = count + (final === NOTHING ? 0 : 1);
    const fixed = callee.params.length;
    if (callee.variadic === undefined) {
      if (given !== fixed) this.fail(`wrong number of args for ${name}: want ${fixed} got ${given}`);
    } else if (given < fixed) {
      this.fail(`wrong number of args for ${name}: want at least ${fixed} got ${count}`);
    }
    if (isBuiltin && (name === 'and' || name === 'or')) return this.shortCircuit(name, allArgs.slice(1), final);
    const values: Value[] = [];
    for (let index = 0; index < count; index++) {
      const arg = allArgs[index + 1];
      if (arg === undefined) break;
      const value = this.argument(callee.params[index] ?? callee.variadic ?? ANY, arg);
      const isHeld = isBuiltin && name === 'slice' && index > 0 && value !== undefined && this.isInterface(arg);
      values.push(isHeld ? HELD_IN_INTERFACE : value);
    }
    if (final !== NOTHING) values.push(this.validate(final, callee.params[count] ?? callee.variadic ?? ANY));
    try {
      if (!isBuiltin || name !== 'call') return callee.call(values);
      const [callable, ...rest] = values;
      const called = allArgs[1];
      return callValue(called === undefined ? display(callable) : printNode(called), callable, rest);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      this.node = node;
      return this.fail(`error calling ${name}: ${error.message}`);
    }
  }

  /** Whether Go has an argument, just evaluated, in a variable of interface type. */
  private isInterface(node: Operand): boolean {
    if (node.type === 'dot') return this.isDotInterface;
    if (node.type === 'variable' && node.path.length === 1) {
      return this.variables.findLast((known) => known.name === node.path[0])?.isInterface === true;
    }
    return (node.type === 'field' || node.type === 'variable' || node.type === 'chain') && this.isFieldInterface;
  }

  private shortCircuit(name: 'and' | 'or', args: readonly Operand[], final: Final): Value {
    let value: Value;
    for (const arg of args) {
      value = this.argument(REFLECT, arg);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return final === NOTHING ? value : final;
  }

  /** The value as a value of `type`, or an error. */
  private validate(value: Value, type: GoType | undefined): Value {
    if (value === undefined) {
      if (type === undefined || type.kind === 'reflect') return undefined;
      return canBeNil(type) ? zeroOf(type) : this.fail(`invalid value; expected ${type.name}`);
    }
    if (type === undefined || type.kind === 'reflect' || type.kind === 'interface') return value;
    const actual = typeOf(value);
    if (actual !== undefined && isAssignable(actual, type)) return value;
    if (value instanceof GoPointer && value.type.elem !== undefined && isAssignable(value.type.elem, type)) {
      if (value.isNil) this.fail(`dereference of nil pointer of type ${type.name}`);
      return value.target;
    }
    if (value instanceof GoStruct && type.kind === 'ptr' && type.elem?.name === value.type.name) {
      return new GoPointer(pointerTo(value.type), value);
    }
    return this.fail(`wrong type for value; expected ${type.name}; got ${actual?.name ?? ANY.name}`);
  }

  private argument(type: GoType | undefined, node: Operand): Value {
    this.node = node;
    switch (node.type) {
      case 'dot':
        return this.validate(this.dot, type);
      case 'nil':
        if (type !== undefined && canBeNil(type)) return type.kind === 'reflect' ? undefined : zeroOf(type);
        return this.fail(`cannot assign nil to ${type?.name ?? 'nothing'}`);
      case 'field':
        return this.validate(this.fieldChain(this.dot, this.isDotInterface, node, node.path, [node], NOTHING), type);
      case 'variable':
        return this.validate(this.variable(node, [], NOTHING), type);
      case 'pipe':
        return this.validate(this.pipeline(node), type);
      case 'identifier':
        return this.validate(this.callByName(node, node, [], NOTHING), type);
      case 'chain':
        return this.validate(this.chain(node, [], NOTHING), type);
      default:
        return this.literal(type ?? ANY, node);
    }
  }

  /** A constant as a value of the type that is wanted. */
  private literal(type: GoType, node: Operand & { type: 'bool' | 'string' | 'number' }): Value {
    if (type.kind === 'interface' || type.kind === 'reflect') {
      if (node.type === 'bool') return node.value;
      if (node.type === 'string') return node.text;
      return node.ideal === undefined ? this.fail(`${node.text} overflows int`) : node.ideal;
    }
    if (type.kind === BOOL.kind) return node.type === 'bool' ? node.value : this.expected('bool', node);
    if (type.kind === STRING.kind) return node.type === 'string' ? node.text : this.expected('string', node);
    if (type.kind === 'float32' || type.kind === 'float64') {
      return node.type === 'number' && node.float !== undefined
        ? new GoFloat(type, node.float)
        : this.expected('float', node);
    }
    if (isIntegerKind(type.kind)) {
      const isUnsigned = type.kind.startsWith('uint');
      const value = node.type !== 'number' ? undefined : isUnsigned ? node.unsigned : node.integer;
      if (value === undefined) return this.expected(isUnsigned ? 'unsigned integer' : 'integer', node);
      return type === INT ? integer(value) : new GoInt(type, value);
    }
    return this.fail(`can't handle ${printNode(node)} for arg of type ${type.name}`);
  }

  private expected(what: string, node: Operand): never {
    return this.fail(`expected ${what}; found ${printNode(node)}`);
  }
}

/** What a chain of pointers leads to; a nil pointer is returned as it is. */
function indirect(value: Value): Value {
  let at = value;
  while (at instanceof GoPointer && !at.isNil) at = at.target;
  return at;
}

/** Whether Go declares what `container` has under `name` as an interface. */
function isInterfaceElement(container: Value, name: string): boolean {
  const target = indirect(container);
  if (target instanceof GoMap) return target.type.elem?.kind === 'interface';
  if (!(target instanceof GoStruct)) return false;
  const field = target.type.fields?.().get(name);
  return field === undefined || field.type.kind === 'interface';
}

/** A type's method, or that of what a pointer of the type leads to, bound to its receiver. */
function methodOf(value: Value, name: string): GoFunction | undefined {
  const type = typeOf(value);
  const method = type?.methods?.[name] ?? type?.elem?.methods?.[name];
  if (method === undefined || (type?.methods?.[name] === undefined && type?.kind !== 'ptr')) return undefined;
  const receiver = type.methods?.[name] === undefined && value instanceof GoPointer ? value.target : value;
  return new GoFunction([], ANY, (args) => method(receiver, args));
}

/** Go's assignability, as far as it matters here: the same type, or the same make-up when one of them has no name. */
export function isAssignable(from: GoType, to: GoType): boolean {
  return to.kind === 'interface' || to.kind === 'reflect' || from === to || from.name === to.name;
}

/** What `call` does with a value that should be a function. */
function callValue(name: string, callable: Value, args: readonly Value[]): Value {
  if (callable === null || callable === undefined) throw new FunctionError('call of nil');
  if (!(callable instanceof GoFunction)) {
    throw new FunctionError(`non-function ${name} of type ${typeOf(callable)?.name ?? 'nil'}`);
  }
  const fixed = callable.params.length;
  if (callable.variadic === undefined ? args.length !== fixed : args.length < fixed) {
    const want = callable.variadic === undefined ? `want ${fixed}` : `want at least ${fixed}`;
    throw new FunctionError(`wrong number of args for ${name}: got ${args.length} ${want}`);
  }
  return callable.call(
    args.map((arg, index) => {
      const type = callable.params[index] ?? callable.variadic ?? ANY;
      const actual = typeOf(arg);
      if (actual === undefined) {
        if (!canBeNil(type)) throw new FunctionError(`arg ${index}: value is nil; should be of type ${type.name}`);
        return zeroOf(type);
      }
      if (isAssignable(actual, type)) return arg;
      const number = integerOf(arg);
      if (number !== undefined && isIntegerKind(type.kind)) return integer(number, type);
      throw new FunctionError(`arg ${index}: value has type ${actual.name}; should be ${type.name}`);
    }),
  );
}
