import { decode } from './decode';
import { Evaluator, type EvaluationContext } from './evaluator';
import { display } from './format';
import { ANY, INT, STRING } from './go-type';
import { indirect } from './members';
import { printNode, type ActionNode, type BranchNode, type ListNode, type Statement, type TemplateNode } from './node';
import { quoteString } from './quote';
import { integer, integerOf, typeOf } from './typed-value';
import { GoFunction, GoMap, GoPointer, GoSlice, isTrue, type Value } from './value';
import { Variables } from './variables';

/** Templates that know each other by name, and what belongs to all of them. */
export interface TemplateSet extends EvaluationContext {
  readonly trees: ReadonlyMap<string, ListNode>;
}

type Outcome = 'done' | 'break' | 'continue';

const MAX_DEPTH = 100_000;

/** One run of one template: walks its statements and collects the text. */
export class Execution {
  private out = '';
  private depth = 0;
  private readonly evaluator: Evaluator;
  /** The call of a template that was begun last: where recursion without end is reported. */
  private innermost: TemplateNode | undefined;

  constructor(
    private readonly set: TemplateSet,
    template: string,
    data: unknown,
  ) {
    this.evaluator = new Evaluator(set, template, decode(data, ANY) ?? undefined);
  }

  /** The text the template makes. Throws {@link TemplateError}. */
  run(): string {
    const { evaluator } = this;
    const root = this.set.trees.get(evaluator.template);
    if (root === undefined)
      return evaluator.fail(`${quoteString(evaluator.template)} is an incomplete or empty template`);
    try {
      this.walkList(root);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      evaluator.at = this.innermost;
      evaluator.fail(`exceeded maximum template depth (${MAX_DEPTH})`);
    }
    return this.out;
  }

  private walkList(list: ListNode): Outcome {
    this.evaluator.at = list;
    for (const node of list.nodes) {
      const outcome = this.walk(node);
      if (outcome !== 'done') return outcome;
    }
    return 'done';
  }

  private walk(node: Statement): Outcome {
    this.evaluator.at = node;
    switch (node.type) {
      case 'text':
        this.out += node.text;
        return 'done';
      case 'action': {
        const value = this.evaluator.pipeline(node.pipe);
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

  private print(node: ActionNode, value: Value): void {
    if (typeof value === 'string') {
      this.out += value;
      return;
    }
    this.evaluator.at = node;
    let shown: Value = value;
    while (shown instanceof GoPointer && !shown.isNil && shown.type.methods === undefined) {
      if (shown.type.elem?.methods?.['String'] !== undefined) break;
      shown = shown.target;
    }
    if (shown === undefined) this.out += '<no value>';
    else if (shown instanceof GoFunction) {
      this.evaluator.fail(`can't print ${printNode(node)} of type ${shown.type.name}`);
    } else this.out += display(shown);
  }

  private walkCondition(node: BranchNode): Outcome {
    const { variables } = this.evaluator;
    const mark = variables.size;
    const value = this.evaluator.pipeline(node.pipe);
    let outcome: Outcome = 'done';
    if (isTrue(value)) {
      outcome = node.type === 'with' ? this.withDot(value, false, node.list) : this.walkList(node.list);
    } else if (node.otherwise !== undefined) outcome = this.walkList(node.otherwise);
    variables.dropTo(mark);
    return outcome;
  }

  private withDot(dot: Value, isInterface: boolean, list: ListNode): Outcome {
    const { evaluator } = this;
    const { dot: outer, isDotInterface: wasInterface } = evaluator;
    evaluator.dot = dot;
    evaluator.isDotInterface = isInterface;
    const outcome = this.walkList(list);
    evaluator.dot = outer;
    evaluator.isDotInterface = wasInterface;
    return outcome;
  }

  private walkRange(node: BranchNode): Outcome {
    const { variables } = this.evaluator;
    const start = variables.size;
    const value = indirect(this.evaluator.pipeline(node.pipe));
    let outcome = this.iterate(node, value);
    // In Go the variables of a range still exist in its else.
    outcome ??= node.otherwise === undefined ? 'done' : this.walkList(node.otherwise);
    variables.dropTo(start);
    return outcome;
  }

  /** Walks the body once per element; undefined where there is none. */
  private iterate(node: BranchNode, value: Value): Outcome | undefined {
    const count = integerOf(value);
    if (count !== undefined) return this.iterateNumber(node, value, count);
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
    if (value === null || value === undefined) return undefined;
    return this.evaluator.fail(`range can't iterate over ${display(value)}`);
  }

  private iterateNumber(node: BranchNode, value: Value, count: bigint): Outcome | undefined {
    if (node.pipe.variables.length > 1) {
      this.evaluator.fail(`can't use ${display(value)} to iterate over more than one variable`);
    }
    if (count <= 0n) return undefined;
    const type = typeOf(value) ?? INT;
    for (let i = 0n; i < count; i++) {
      if (this.oneIteration(node, undefined, integer(i, type), false) === 'break') break;
    }
    return 'done';
  }

  private oneIteration(node: BranchNode, index: Value, element: Value, isInterface: boolean): Outcome {
    const { variables: declared, isAssignment } = node.pipe;
    const { variables } = this.evaluator;
    const [first, second] = declared;
    if (first !== undefined) {
      // With two variables the index comes first; with one it is the element.
      const [single, pair] = second === undefined ? [first, undefined] : [second, first];
      if (isAssignment) {
        if (pair !== undefined) this.evaluator.assign(pair.path[0] ?? '', index, false);
        this.evaluator.assign(single.path[0] ?? '', element, isInterface);
      } else {
        const [top, below] = [variables.fromTop(1), pair === undefined ? undefined : variables.fromTop(2)];
        if (top !== undefined) Object.assign(top, { value: element, isInterface });
        if (below !== undefined) Object.assign(below, { value: index, isInterface: false });
      }
    }
    const mark = variables.size;
    const outcome = this.withDot(element, isInterface, node.list);
    variables.dropTo(mark);
    return outcome;
  }

  private walkTemplate(node: TemplateNode): void {
    const { evaluator } = this;
    const list = this.set.trees.get(node.name);
    if (list === undefined) return evaluator.fail(`template ${quoteString(node.name)} not defined`);
    this.innermost = node;
    if (this.depth === MAX_DEPTH) evaluator.fail(`exceeded maximum template depth (${MAX_DEPTH})`);
    const dot = node.pipe === undefined ? undefined : evaluator.pipeline(node.pipe);
    const { variables, template } = evaluator;
    evaluator.variables = new Variables(dot);
    evaluator.template = node.name;
    this.depth++;
    this.withDot(dot, false, list);
    this.depth--;
    evaluator.variables = variables;
    evaluator.template = template;
  }
}
