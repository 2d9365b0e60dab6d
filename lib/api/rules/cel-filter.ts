import { celTokens, type Token } from './cel-tokens';

/** What a part of an expression is, as far as macros ask for it. */
type Part = 'identifier' | 'selection' | 'other';

const RELATIONS = new Set(['<', '<=', '>', '>=', '==', '!=', 'in']);
const SUMS = new Set(['+', '-']);
const PRODUCTS = new Set(['*', '/', '%']);
const LITERALS = new Set(['true', 'false', 'null']);
/** Words that CEL keeps for later: no name of a variable. */
const RESERVED = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);
/** Macros over lists: they declare a variable first. Value: the numbers of arguments. */
const MACROS: Readonly<Record<string, readonly number[]>> = {
  all: [2],
  exists: [2],
  exists_one: [2],
  existsOne: [2],
  map: [2, 3],
  filter: [2],
};
const DEPTH_MOST = 200;

class CelSyntaxError extends Error {}

/** Reads CEL by its grammar, which is all that Istio looks at in a filter: neither types nor names are checked. */
class CelReader {
  private position = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  readWhole(): void {
    this.expression();
    if (this.next.kind !== 'end') this.fail();
  }

  private get next(): Token {
    return this.tokens[this.position] ?? { kind: 'end', text: '', at: 0 };
  }

  private fail(): never {
    const { kind, text, at } = this.next;
    throw new CelSyntaxError(kind === 'end' ? 'it ends too early' : `"${text}" is not expected at position ${at + 1}`);
  }

  /** Takes the next piece when it is this one. */
  private take(text: string): boolean {
    const { next } = this;
    if (next.kind === 'text' || next.kind === 'end' || next.text !== text) return false;
    this.position++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) this.fail();
  }

  private expression(): Part {
    if (++this.depth > DEPTH_MOST) throw new CelSyntaxError('it is nested too deeply');
    let part = this.chain(() => this.chain(() => this.relation(), '&&'), '||');
    if (this.take('?')) {
      this.chain(() => this.chain(() => this.relation(), '&&'), '||');
      this.expect(':');
      this.expression();
      part = 'other';
    }
    this.depth--;
    return part;
  }

  private chain(operand: () => Part, operator: string): Part {
    let part = operand();
    while (this.take(operator)) {
      operand();
      part = 'other';
    }
    return part;
  }

  private relation(): Part {
    return this.operators(RELATIONS, () => this.operators(SUMS, () => this.operators(PRODUCTS, () => this.unary())));
  }

  private operators(symbols: ReadonlySet<string>, operand: () => Part): Part {
    let part = operand();
    while (this.next.kind !== 'text' && symbols.has(this.next.text)) {
      this.position++;
      operand();
      part = 'other';
    }
    return part;
  }

  private unary(): Part {
    const sign = this.take('!') ? '!' : this.take('-') ? '-' : undefined;
    if (sign === undefined) return this.member();
    while (this.take(sign));
    this.member();
    return 'other';
  }

  private member(): Part {
    let part = this.primary();
    for (;;) {
      if (this.take('.')) {
        this.take('?');
        const { next } = this;
        if (next.kind !== 'identifier' || LITERALS.has(next.text) || next.text === 'in') this.fail();
        this.position++;
        part = 'selection';
        if (this.take('(')) {
          const parts = this.list(')');
          this.checkMacro(next.text, parts);
          part = 'other';
        } else if (this.opensMessage()) part = this.message();
      } else if (this.take('[')) {
        this.take('?');
        this.expression();
        this.expect(']');
        part = 'other';
      } else return part;
    }
  }

  private checkMacro(name: string, parts: readonly Part[]): void {
    if (MACROS[name]?.includes(parts.length) !== true || parts[0] === 'identifier') return;
    throw new CelSyntaxError(`the first argument of "${name}" is the name of a variable`);
  }

  private opensMessage(): boolean {
    return this.next.text === '{' && this.next.kind === 'symbol';
  }

  private message(): Part {
    this.expect('{');
    this.pairs();
    return 'other';
  }

  private pairs(): void {
    while (!this.take('}')) {
      this.take('?');
      this.expression();
      this.expect(':');
      this.expression();
      if (!this.take(',')) {
        this.expect('}');
        return;
      }
    }
  }

  /** Expressions up to the closing mark; a list may end in a comma, arguments may not. */
  private list(end: ')' | ']'): Part[] {
    const parts: Part[] = [];
    if (this.take(end)) return parts;
    for (;;) {
      if (end === ']') this.take('?');
      parts.push(this.expression());
      if (!this.take(',')) break;
      if (end === ']' && this.take(end)) return parts;
    }
    this.expect(end);
    return parts;
  }

  private primary(): Part {
    const { next } = this;
    if (next.kind === 'text' || next.kind === 'number') {
      this.position++;
      return 'other';
    }
    if (this.take('(')) {
      const part = this.expression();
      this.expect(')');
      return part;
    }
    if (this.take('[')) {
      this.list(']');
      return 'other';
    }
    if (this.opensMessage()) return this.message();
    const isRooted = this.take('.');
    const name = this.next;
    if (name.kind !== 'identifier' || name.text === 'in' || RESERVED.has(name.text)) this.fail();
    this.position++;
    if (LITERALS.has(name.text)) return 'other';
    if (this.take('(')) {
      const parts = this.list(')');
      if (name.text === 'has' && parts.length === 1 && parts[0] !== 'selection') {
        throw new CelSyntaxError('the argument of "has" is a field, such as has(request.id)');
      }
      return 'other';
    }
    if (this.opensMessage()) return this.message();
    return isRooted ? 'other' : 'identifier';
  }
}

/** What keeps a text from being a CEL expression. */
export function celProblem(expression: string): string | undefined {
  const tokens = celTokens(expression);
  if (typeof tokens === 'number') return `position ${tokens + 1} is not a part of CEL`;
  try {
    new CelReader(tokens).readWhole();
    return undefined;
  } catch (error) {
    if (error instanceof CelSyntaxError) return error.message;
    throw error;
  }
}
