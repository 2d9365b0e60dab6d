import { Lexer, describeToken, type Token, type TokenKind } from './lexer';
import {
  printNode,
  type ActionNode,
  type BranchNode,
  type CommandNode,
  type JumpNode,
  type ListNode,
  type Operand,
  type PipeNode,
  type Statement,
  type TemplateNode,
  type VariableNode,
} from './node';
import { numberNode } from './number-literal';
import { quoteString, unquoteString } from './quote';
import { TemplateError, lineAt } from './template-error';

/** What ends a list of statements. */
type Ending = { readonly type: 'end'; readonly offset: number } | { readonly type: 'else'; readonly offset: number };

/** What belongs to one `define` or `block` while it is read: its variables and its loops. */
interface Scope {
  variables: string[];
  rangeDepth: number;
  /** Where the action that is being read starts; undefined between actions. */
  actionOffset: number | undefined;
}

const MAX_PARENTHESES = 10_000;

/** True for a template of nothing but space; such a definition does not replace another one. */
function isEmptyTree(list: ListNode): boolean {
  return list.nodes.every((node) => node.type === 'text' && node.text.trim() === '');
}

/** Parses one template text into its trees: the main one under `name`, and one per `define` and `block`. */
export class Parser {
  private readonly lexer: Lexer;
  private readonly pending: Token[] = [];
  private latest: Token = { kind: 'eof', offset: 0, text: '' };
  private parentheses = 0;
  private scope: Scope = { variables: ['$'], rangeDepth: 0, actionOffset: undefined };
  readonly trees = new Map<string, ListNode>();

  constructor(
    private readonly name: string,
    private readonly text: string,
    private readonly isFunction: (name: string) => boolean,
  ) {
    this.lexer = new Lexer(text, (word) => (word !== 'break' && word !== 'continue') || !isFunction(word));
  }

  /** Reads the whole text. Throws {@link TemplateError}. */
  parse(): ReadonlyMap<string, ListNode> {
    try {
      return this.whole();
    } catch (error) {
      // Nesting that Go could still follow may be too much for the stack here.
      if (error instanceof RangeError) this.fail('max expression depth exceeded');
      throw error;
    }
  }

  private whole(): ReadonlyMap<string, ListNode> {
    const root: ListNode = { type: 'list', offset: this.peek().offset, nodes: [] };
    while (this.peek().kind !== 'eof') {
      if (this.peek().kind === 'leftDelim') {
        const delim = this.next();
        const word = this.nextNonSpace();
        if (word.kind === 'define') {
          this.definition();
          continue;
        }
        this.pending.push(word, delim);
      }
      const node = this.textOrAction();
      if (node.type === 'end' || node.type === 'else') this.fail(`unexpected {{${node.type}}}`);
      root.nodes.push(node);
    }
    this.add(this.name, root);
    return this.trees;
  }

  private fail(message: string): never {
    const line = lineAt(this.text, this.latest.offset);
    throw new TemplateError(`template: ${this.name}:${line}: ${message}`, 'parse', this.name, line);
  }

  private next(): Token {
    const pending = this.pending.pop();
    if (pending !== undefined) return pending;
    this.latest = this.lexer.next();
    return this.latest;
  }

  private peek(): Token {
    const token = this.next();
    this.pending.push(token);
    return token;
  }

  private nextNonSpace(): Token {
    let token = this.next();
    while (token.kind === 'space') token = this.next();
    return token;
  }

  private peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.pending.push(token);
    return token;
  }

  private unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') this.fail(`unexpected ${describeToken(token)} in ${context}`);
    let place = '';
    if (this.scope.actionOffset !== undefined) {
      const started = lineAt(this.text, this.scope.actionOffset);
      if (started !== lineAt(this.text, token.offset)) {
        place = `${token.text.endsWith(' action') ? '' : ' in action'} started at ${this.name}:${started}`;
      }
    }
    this.fail(`${token.text}${place}`);
  }

  private expect(context: string, ...kinds: readonly TokenKind[]): Token {
    const token = this.nextNonSpace();
    if (!kinds.includes(token.kind)) this.unexpected(token, context);
    return token;
  }

  private add(name: string, list: ListNode): void {
    const known = this.trees.get(name);
    if (known === undefined || isEmptyTree(known)) this.trees.set(name, list);
    else if (!isEmptyTree(list)) this.fail(`template: multiple definition of template ${quoteString(name)}`);
  }

  private unquote(token: Token): string {
    return unquoteString(token.text) ?? this.fail('invalid syntax');
  }

  /** Reads a body in a scope of its own, up to its `{{end}}`. */
  private body(name: string, context: string): void {
    const outer = this.scope;
    this.scope = { variables: ['$'], rangeDepth: 0, actionOffset: undefined };
    const [list, ending] = this.itemList();
    if (ending.type !== 'end') this.fail(`unexpected {{${ending.type}}} in ${context}`);
    this.add(name, list);
    this.scope = outer;
  }

  private definition(): void {
    const context = 'define clause';
    const name = this.unquote(this.expect(context, 'string', 'rawString'));
    this.expect(context, 'rightDelim');
    this.body(name, context);
  }

  private itemList(): [ListNode, Ending] {
    const list: ListNode = { type: 'list', offset: this.peekNonSpace().offset, nodes: [] };
    while (this.peekNonSpace().kind !== 'eof') {
      const node = this.textOrAction();
      if (node.type === 'end' || node.type === 'else') return [list, node];
      list.nodes.push(node);
    }
    this.fail('unexpected EOF');
  }

  private textOrAction(): Statement | Ending {
    const token = this.nextNonSpace();
    if (token.kind === 'text') return { type: 'text', offset: token.offset, text: token.text };
    if (token.kind !== 'leftDelim') this.unexpected(token, 'input');
    const scope = this.scope;
    scope.actionOffset = token.offset;
    const node = this.action();
    scope.actionOffset = undefined;
    return node;
  }

  private action(): Statement | Ending {
    const token = this.nextNonSpace();
    switch (token.kind) {
      case 'block':
        return this.block();
      case 'break':
      case 'continue':
        return this.jump(token.kind, token);
      case 'else':
        return this.otherwise();
      case 'end':
        return { type: 'end', offset: this.expect('end', 'rightDelim').offset };
      case 'if':
      case 'range':
      case 'with':
        return this.branch(token.kind);
      case 'template':
        return this.template();
      default: {
        this.pending.push(token);
        const action: ActionNode = {
          type: 'action',
          offset: token.offset,
          pipe: this.pipeline('command', 'rightDelim'),
        };
        return action;
      }
    }
  }

  private jump(type: JumpNode['type'], keyword: Token): JumpNode {
    const token = this.nextNonSpace();
    if (token.kind !== 'rightDelim') this.unexpected(token, `{{${type}}}`);
    if (this.scope.rangeDepth === 0) this.fail(`{{${type}}} outside {{range}}`);
    return { type, offset: keyword.offset };
  }

  private otherwise(): Ending {
    const next = this.peekNonSpace();
    if (next.kind === 'if' || next.kind === 'with') return { type: 'else', offset: next.offset };
    return { type: 'else', offset: this.expect('else', 'rightDelim').offset };
  }

  private branch(type: BranchNode['type']): BranchNode {
    const known = this.scope.variables.length;
    const pipe = this.pipeline(type, 'rightDelim');
    if (type === 'range') this.scope.rangeDepth++;
    const [list, ending] = this.itemList();
    if (type === 'range') this.scope.rangeDepth--;
    const otherwise = ending.type === 'else' ? this.elseList(type, ending) : undefined;
    this.scope.variables.length = known;
    return { type, offset: pipe.offset, pipe, list, otherwise };
  }

  /** What follows an `else`; `else if` and `else with` share the `end` of what they continue. */
  private elseList(type: BranchNode['type'], ending: Ending): ListNode {
    if (type !== 'range' && this.peek().kind === type) {
      this.next();
      return { type: 'list', offset: ending.offset, nodes: [this.branch(type)] };
    }
    const [list, end] = this.itemList();
    if (end.type !== 'end') this.fail(`expected end; found {{${end.type}}}`);
    return list;
  }

  private templateName(token: Token, context: string): string {
    if (token.kind !== 'string' && token.kind !== 'rawString') this.unexpected(token, context);
    return this.unquote(token);
  }

  private block(): TemplateNode {
    const context = 'block clause';
    const token = this.nextNonSpace();
    const name = this.templateName(token, context);
    const pipe = this.pipeline(context, 'rightDelim');
    this.body(name, context);
    return { type: 'template', offset: token.offset, name, pipe };
  }

  private template(): TemplateNode {
    const context = 'template clause';
    const token = this.nextNonSpace();
    const name = this.templateName(token, context);
    const next = this.nextNonSpace();
    let pipe: PipeNode | undefined;
    if (next.kind !== 'rightDelim') {
      this.pending.push(next);
      pipe = this.pipeline(context, 'rightDelim');
    }
    return { type: 'template', offset: token.offset, name, pipe };
  }

  private pipeline(context: string, end: TokenKind): PipeNode {
    const offset = this.peekNonSpace().offset;
    const { variables, isAssignment } = this.declarations(context);
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.nextNonSpace();
      if (token.kind === end) break;
      if (!OPERAND_STARTS.has(token.kind)) this.unexpected(token, context);
      this.pending.push(token);
      commands.push(this.command());
    }
    if (commands.length === 0) this.fail(`missing value for ${context}`);
    for (const [index, command] of commands.entries()) {
      const first = command.args[0]?.type ?? 'nil';
      if (index > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(first)) {
        this.fail(`non executable command in pipeline stage ${index + 1}`);
      }
    }
    return { type: 'pipe', offset, variables, isAssignment, commands };
  }

  /** `$x :=`, `$x =` and `$i, $x :=` at the start of a pipeline. */
  private declarations(context: string): { readonly variables: VariableNode[]; readonly isAssignment: boolean } {
    const variables: VariableNode[] = [];
    for (;;) {
      const variable = this.peekNonSpace();
      if (variable.kind !== 'variable') return { variables, isAssignment: false };
      this.next();
      const after = this.peek();
      const next = this.peekNonSpace();
      const isComma = next.kind === 'char' && next.text === ',';
      if (next.kind !== 'assign' && next.kind !== 'declare' && !isComma) {
        // An argument after all: give back the variable, and the space that ends it.
        if (after.kind === 'space') this.pending.push(after);
        this.pending.push(variable);
        return { variables, isAssignment: false };
      }
      this.nextNonSpace();
      variables.push({ type: 'variable', offset: variable.offset, path: variable.text.split('.') });
      this.scope.variables.push(variable.text);
      if (!isComma) return { variables, isAssignment: next.kind === 'assign' };
      if (context !== 'range' || variables.length > 1) this.fail(`too many declarations in ${context}`);
      if (!['variable', 'rightDelim', 'rightParen'].includes(this.peekNonSpace().kind)) {
        this.fail('range can only initialize variables');
      }
    }
  }

  private command(): CommandNode {
    const offset = this.peekNonSpace().offset;
    const args: Operand[] = [];
    for (;;) {
      this.peekNonSpace();
      const operand = this.operand();
      if (operand !== undefined) args.push(operand);
      const token = this.next();
      if (token.kind === 'space') continue;
      if (token.kind === 'rightDelim' || token.kind === 'rightParen') this.pending.push(token);
      else if (token.kind !== 'pipe') this.unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) this.fail('empty command');
    return { type: 'command', offset, args };
  }

  /** A term with the fields that follow it. */
  private operand(): Operand | undefined {
    const term = this.term();
    if (term === undefined || this.peek().kind !== 'field') return term;
    const offset = this.peek().offset;
    const path: string[] = [];
    while (this.peek().kind === 'field') path.push(this.next().text.slice(1));
    switch (term.type) {
      case 'field':
      case 'variable':
        return { type: term.type, offset, path: [...term.path, ...path] };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.fail(`unexpected . after term ${quoteString(printNode(term))}`);
      default:
        return { type: 'chain', offset, node: term, path };
    }
  }

  private term(): Operand | undefined {
    const token = this.nextNonSpace();
    const offset = token.offset;
    switch (token.kind) {
      case 'identifier':
        if (!this.isFunction(token.text)) this.fail(`function ${quoteString(token.text)} not defined`);
        return { type: 'identifier', offset, name: token.text };
      case 'dot':
        return { type: 'dot', offset };
      case 'nil':
        return { type: 'nil', offset };
      case 'variable':
        if (!this.scope.variables.includes(token.text)) this.fail(`undefined variable ${quoteString(token.text)}`);
        return { type: 'variable', offset, path: [token.text] };
      case 'field':
        return { type: 'field', offset, path: [token.text.slice(1)] };
      case 'bool':
        return { type: 'bool', offset, value: token.text === 'true' };
      case 'charConstant':
      case 'complex':
      case 'number': {
        const node = numberNode(offset, token.text, token.kind);
        return 'problem' in node ? this.fail(node.problem) : node;
      }
      case 'leftParen':
        return this.parenthesized();
      case 'string':
      case 'rawString':
        return { type: 'string', offset, quoted: token.text, text: this.unquote(token) };
      default:
        this.pending.push(token);
        return undefined;
    }
  }

  private parenthesized(): PipeNode {
    if (this.parentheses >= MAX_PARENTHESES) this.fail('max expression depth exceeded');
    this.parentheses++;
    const pipe = this.pipeline('parenthesized pipeline', 'rightParen');
    this.parentheses--;
    return pipe;
  }
}

const OPERAND_STARTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'bool',
  'charConstant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'rawString',
  'string',
  'variable',
  'leftParen',
]);
