import { decode, zeroOf } from './decode';
import { callValue, constantAs, idealNumber, valueAs, type Fail } from './conversion';
import { display } from './format';
import { ANY, REFLECT, canBeNil, type GoType } from './go-type';
import { indirect, isInterfaceMember, methodOf } from './members';
import {
  printNode,
  type ChainNode,
  type CommandNode,
  type IdentifierNode,
  type Operand,
  type PipeNode,
  type TemplateTreeNode,
  type VariableNode,
} from './node';
import { quoteString } from './quote';
import { TemplateError, columnAt, lineAt } from './template-error';
import { typeOf } from './typed-value';
import { FunctionError, GoMap, GoPointer, GoStruct, isTrue, type GoFunction, type Value } from './value';
import { Variables } from './variables';

/** What a template may call under a name. */
export interface Callee {
  readonly function: GoFunction;
  /** One of text/template's own: `and`, `or`, `call` and `slice` are more than functions then. */
  readonly isBuiltin: boolean;
}

/** What is the same for a template and all it calls. */
export interface EvaluationContext {
  /** The name errors give as the place, and the text that place is in. */
  readonly name: string;
  readonly text: string;
  readonly functions: ReadonlyMap<string, Callee>;
  readonly missingKey: 'default' | 'zero' | 'error';
}

/** What is piped into the first command of a pipeline: nothing, which is not the same as no value. */
const NOTHING = Symbol('nothing');
type Final = Value | typeof NOTHING;

const NO_ARGUMENTS: readonly Operand[] = [];

/** What the function `slice` makes of an index that Go holds in an interface: a value of no integer type. */
const HELD_IN_INTERFACE = new GoStruct(ANY, {}, decode);

/** Finds the values of pipelines, and knows where it is for the sake of error messages. */
export class Evaluator {
  /** Where the evaluation is: what an error points at. */
  at: TemplateTreeNode | undefined;
  variables: Variables;
  isDotInterface = false;
  /** What the field that was read last belongs to, and its name. */
  private owner: Value;
  private ownerName: string | undefined;
  readonly fail: Fail;

  constructor(
    private readonly context: EvaluationContext,
    /** Name of the template being executed. */
    public template: string,
    public dot: Value,
  ) {
    this.variables = new Variables(dot);
    this.fail = (message) => this.raise(message);
  }

  private raise(message: string): never {
    const { name, text } = this.context;
    if (this.at === undefined) {
      throw new TemplateError(`template: ${this.template}: ${message}`, 'execute', name, undefined);
    }
    const [line, column] = [lineAt(text, this.at.offset), columnAt(text, this.at.offset)];
    const place = `template: ${name}:${line}:${column}: executing ${quoteString(this.template)}`;
    throw new TemplateError(`${place} at <${printNode(this.at)}>: ${message}`, 'execute', name, line, column);
  }

  /** The value of a pipeline; its variables are declared, or assigned to. */
  pipeline(pipe: PipeNode): Value {
    this.at = pipe;
    let value: Final = NOTHING;
    for (const command of pipe.commands) {
      value = this.command(command, value);
      if (value === null) value = undefined;
    }
    const result = value === NOTHING ? undefined : value;
    for (const variable of pipe.variables) {
      const name = variable.path[0] ?? '';
      if (pipe.isAssignment) this.assign(name, result, false);
      else this.variables.push(name, result);
    }
    return result;
  }

  /** Gives a variable that is declared already another value. */
  assign(name: string, value: Value, isInterface: boolean): void {
    const variable = this.variables.find(name);
    if (variable === undefined) return this.fail(`undefined variable: ${name}`);
    variable.value = value;
    variable.isInterface = isInterface;
  }

  private notAFunction(args: readonly Operand[], final: Final): void {
    const [first] = args;
    if (first !== undefined && (args.length > 1 || final !== NOTHING)) {
      this.fail(`can't give argument to non-function ${printNode(first)}`);
    }
  }

  private command(command: CommandNode, final: Final): Value {
    const first = command.args[0];
    if (first === undefined) return undefined;
    switch (first.type) {
      case 'field':
        this.at = first;
        return this.fieldChain(this.dot, this.isDotInterface, first, 0, first.path, command.args, final);
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
    this.at = first;
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
        return idealNumber(first, this.fail);
    }
  }

  private variable(node: VariableNode, args: readonly Operand[], final: Final): Value {
    this.at = node;
    const name = node.path[0] ?? '';
    const variable = this.variables.find(name);
    if (variable === undefined) return this.fail(`undefined variable: ${name}`);
    if (node.path.length > 1) {
      return this.fieldChain(variable.value, variable.isInterface, node, 1, node.path, args, final);
    }
    this.notAFunction(args, final);
    return variable.value;
  }

  private chain(node: ChainNode, args: readonly Operand[], final: Final): Value {
    this.at = node;
    if (node.node.type === 'nil') this.fail(`indirection through explicit nil in ${printNode(node)}`);
    const receiver = this.argument(undefined, node.node);
    return this.fieldChain(receiver, false, node, 0, node.path, args, final);
  }

  /** Reads the fields of a path from `from` on; the last one may be a method and take the arguments. */
  private fieldChain(
    start: Value,
    isStartInterface: boolean,
    node: Operand,
    from: number,
    path: readonly string[],
    args: readonly Operand[],
    final: Final,
  ): Value {
    let receiver = start;
    this.ownerName = undefined;
    for (let i = from; i < path.length; i++) {
      const name = path[i] ?? '';
      const isLast = i === path.length - 1;
      const given = isLast ? args : NO_ARGUMENTS;
      const value = this.field(name, node, given, isLast ? final : NOTHING, receiver, isStartInterface);
      this.owner = receiver;
      this.ownerName = name;
      receiver = value;
    }
    return receiver;
  }

  /** The type of what a field is asked of, as Go declares it. */
  private typeNameOf(receiver: Value, isStartInterface: boolean): string {
    const isInterface = this.ownerName === undefined ? isStartInterface : isInterfaceMember(this.owner, this.ownerName);
    return isInterface || receiver === null ? ANY.name : (typeOf(receiver)?.name ?? ANY.name);
  }

  private field(
    name: string,
    node: Operand,
    args: readonly Operand[],
    final: Final,
    given: Value,
    isStartInterface: boolean,
  ): Value {
    if (given === undefined) {
      if (this.context.missingKey === 'error') this.fail(`nil data; no entry for key ${quoteString(name)}`);
      return undefined;
    }
    const typeName = (): string => this.typeNameOf(given, isStartInterface);
    if (given === null) return this.fail(`nil pointer evaluating ${typeName()}.${name}`);
    const method = methodOf(given, name);
    if (method !== undefined) return this.call(method, name, false, node, args, final);
    const receiver = indirect(given);
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
      const isKnown = target?.kind !== 'struct' || target.isOpen === true || target.fields?.().has(name) === true;
      if (isKnown) this.fail(`nil pointer evaluating ${typeName()}.${name}`);
    }
    return this.fail(`can't evaluate field ${name} in type ${typeName()}`);
  }

  private missing(map: GoMap, key: string): Value {
    if (this.context.missingKey === 'error') this.fail(`map has no entry for key ${quoteString(key)}`);
    return this.context.missingKey === 'zero' ? zeroOf(map.type.elem ?? ANY) : undefined;
  }

  private callByName(
    node: IdentifierNode,
    place: CommandNode | IdentifierNode,
    args: readonly Operand[],
    final: Final,
  ): Value {
    this.at = node;
    const callee = this.context.functions.get(node.name);
    if (callee === undefined) return this.fail(`${quoteString(node.name)} is not a defined function`);
    return this.call(callee.function, node.name, callee.isBuiltin, place, args, final);
  }

  /** Calls a function or method. The first of the operands is what is called; the others are its arguments. */
  private call(
    callee: GoFunction,
    name: string,
    isBuiltin: boolean,
    node: TemplateTreeNode,
    operands: readonly Operand[],
    final: Final,
  ): Value {
    const { params, variadic } = callee;
    const count = Math.max(operands.length - 1, 0);
    const given = count + (final === NOTHING ? 0 : 1);
    if (variadic === undefined) {
      if (given !== params.length) this.fail(`wrong number of args for ${name}: want ${params.length} got ${given}`);
    } else if (given < params.length) {
      this.fail(`wrong number of args for ${name}: want at least ${params.length} got ${count}`);
    }
    if (isBuiltin && (name === 'and' || name === 'or')) return this.shortCircuit(name, operands.slice(1), final);
    const values: Value[] = [];
    for (let index = 0; index < count; index++) {
      const operand = operands[index + 1];
      if (operand === undefined) break;
      const value = this.argument(params[index] ?? variadic ?? ANY, operand);
      const isHeld = isBuiltin && name === 'slice' && index > 0 && value !== undefined && this.isInterface(operand);
      values.push(isHeld ? HELD_IN_INTERFACE : value);
    }
    if (final !== NOTHING) values.push(valueAs(final, params[count] ?? variadic ?? ANY, this.fail));
    try {
      if (!isBuiltin || name !== 'call') return callee.call(values);
      const [callable, ...rest] = values;
      const called = operands[1];
      return callValue(called === undefined ? display(callable) : printNode(called), callable, rest);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      this.at = node;
      return this.fail(`error calling ${name}: ${error.message}`);
    }
  }

  private shortCircuit(name: 'and' | 'or', args: readonly Operand[], final: Final): Value {
    let value: Value;
    for (const arg of args) {
      value = this.argument(REFLECT, arg);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return final === NOTHING ? value : final;
  }

  /** Whether Go has an argument, just evaluated, in a variable of interface type. */
  private isInterface(node: Operand): boolean {
    if (node.type === 'dot') return this.isDotInterface;
    if (node.type === 'variable' && node.path.length === 1) {
      return this.variables.find(node.path[0] ?? '')?.isInterface === true;
    }
    if (node.type !== 'field' && node.type !== 'variable' && node.type !== 'chain') return false;
    return this.ownerName !== undefined && isInterfaceMember(this.owner, this.ownerName);
  }

  private argument(type: GoType | undefined, node: Operand): Value {
    this.at = node;
    switch (node.type) {
      case 'dot':
        return valueAs(this.dot, type, this.fail);
      case 'nil':
        if (type !== undefined && canBeNil(type)) return type.kind === 'reflect' ? undefined : zeroOf(type);
        return this.fail(`cannot assign nil to ${type?.name ?? 'nothing'}`);
      case 'field': {
        const value = this.fieldChain(this.dot, this.isDotInterface, node, 0, node.path, NO_ARGUMENTS, NOTHING);
        return valueAs(value, type, this.fail);
      }
      case 'variable':
        return valueAs(this.variable(node, NO_ARGUMENTS, NOTHING), type, this.fail);
      case 'pipe':
        return valueAs(this.pipeline(node), type, this.fail);
      case 'identifier':
        return valueAs(this.callByName(node, node, NO_ARGUMENTS, NOTHING), type, this.fail);
      case 'chain':
        return valueAs(this.chain(node, NO_ARGUMENTS, NOTHING), type, this.fail);
      default:
        return constantAs(node, type ?? ANY, this.fail);
    }
  }
}
