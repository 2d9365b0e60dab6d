import type { Value } from './value';
import { quoteString } from './quote';

interface At {
  /** Where the node is in the template text, in UTF-16 units. */
  readonly offset: number;
}

export interface TextNode extends At {
  readonly type: 'text';
  readonly text: string;
}
export interface ActionNode extends At {
  readonly type: 'action';
  readonly pipe: PipeNode;
}
export interface BranchNode extends At {
  readonly type: 'if' | 'range' | 'with';
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly otherwise: ListNode | undefined;
}
export interface JumpNode extends At {
  readonly type: 'break' | 'continue';
}
export interface TemplateNode extends At {
  readonly type: 'template';
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}
export interface ListNode extends At {
  readonly type: 'list';
  readonly nodes: Statement[];
}
/** What stands in the text in sequence. */
export type Statement = TextNode | ActionNode | BranchNode | JumpNode | TemplateNode;

export interface PipeNode extends At {
  readonly type: 'pipe';
  readonly variables: readonly VariableNode[];
  readonly isAssignment: boolean;
  readonly commands: readonly CommandNode[];
}
export interface CommandNode extends At {
  readonly type: 'command';
  readonly args: readonly Operand[];
}
export interface IdentifierNode extends At {
  readonly type: 'identifier';
  readonly name: string;
}
export interface VariableNode extends At {
  readonly type: 'variable';
  /** The name with its `$`, then the fields. */
  readonly path: readonly string[];
}
export interface FieldNode extends At {
  readonly type: 'field';
  readonly path: readonly string[];
}
export interface ChainNode extends At {
  readonly type: 'chain';
  readonly node: Operand;
  readonly path: readonly string[];
}
export interface DotNode extends At {
  readonly type: 'dot';
}
export interface NilNode extends At {
  readonly type: 'nil';
}
export interface BoolNode extends At {
  readonly type: 'bool';
  readonly value: boolean;
}
export interface StringNode extends At {
  readonly type: 'string';
  readonly quoted: string;
  readonly text: string;
}
/** A number, under all the types that can hold it. */
export interface NumberNode extends At {
  readonly type: 'number';
  readonly text: string;
  readonly integer: bigint | undefined;
  readonly unsigned: bigint | undefined;
  readonly float: number | undefined;
  /** What the constant is where nothing says what it should be; undefined where it does not fit an `int`. */
  readonly ideal: Value;
}
export type Operand =
  | IdentifierNode
  | VariableNode
  | FieldNode
  | ChainNode
  | DotNode
  | NilNode
  | BoolNode
  | StringNode
  | NumberNode
  | PipeNode;

export type TemplateTreeNode = Statement | ListNode | CommandNode | Operand;

function printArgument(node: Operand): string {
  return node.type === 'pipe' ? `(${printNode(node)})` : printNode(node);
}

function printPipe(pipe: PipeNode): string {
  const variables = pipe.variables.map((variable) => variable.path.join('.')).join(', ');
  const prefix = variables === '' ? '' : `${variables} ${pipe.isAssignment ? '=' : ':='} `;
  return prefix + pipe.commands.map((command) => printNode(command)).join(' | ');
}

/** A node as text again, in the one form that error messages use. */
export function printNode(node: TemplateTreeNode): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'action':
      return `{{${printPipe(node.pipe)}}}`;
    case 'if':
    case 'range':
    case 'with': {
      const otherwise = node.otherwise === undefined ? '' : `{{else}}${printNode(node.otherwise)}`;
      return `{{${node.type} ${printPipe(node.pipe)}}}${printNode(node.list)}${otherwise}{{end}}`;
    }
    case 'break':
    case 'continue':
      return `{{${node.type}}}`;
    case 'template':
      return `{{template ${quoteString(node.name)}${node.pipe === undefined ? '' : ` ${printPipe(node.pipe)}`}}}`;
    case 'list':
      return node.nodes.map(printNode).join('');
    case 'pipe':
      return printPipe(node);
    case 'command':
      return node.args.map(printArgument).join(' ');
    case 'identifier':
      return node.name;
    case 'variable':
      return node.path.join('.');
    case 'field':
      return node.path.map((name) => `.${name}`).join('');
    case 'chain':
      return printArgument(node.node) + node.path.map((name) => `.${name}`).join('');
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'string':
      return node.quoted;
    case 'number':
      return node.text;
  }
}
