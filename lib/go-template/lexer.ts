import { quoteString, describeRune } from './quote';

/** The kinds of tokens; a keyword's kind is the keyword itself. */
export type TokenKind =
  | 'error'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field'
  | 'identifier'
  | 'leftDelim'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'rightDelim'
  | 'rightParen'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | 'dot'
  | Keyword;

const KEYWORDS = [
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
] as const;
export type Keyword = (typeof KEYWORDS)[number];
const KEYWORD_SET: ReadonlySet<string> = new Set(KEYWORDS);

/** A piece of the template text. `offset` is where it starts, in UTF-16 units. */
export interface Token {
  readonly kind: TokenKind;
  readonly offset: number;
  readonly text: string;
}

/** A token as error messages show it. */
export function describeToken(token: Token): string {
  if (token.kind === 'eof') return 'EOF';
  if (token.kind === 'error') return token.text;
  if (token.kind === 'dot' || KEYWORD_SET.has(token.kind)) return `<${token.text}>`;
  const characters = [...token.text];
  return new TextEncoder().encode(token.text).length > 10
    ? `${quoteString(characters.slice(0, 10).join(''))}...`
    : quoteString(token.text);
}

const ALPHANUMERIC = /[\p{L}\p{Nd}_]/u;
const SPACES = ' \t\r\n';
const TERMINATORS = '.,|:)(';
const OPEN = '{{';
const CLOSE = '}}';

function isSpace(character: string): boolean {
  return character !== '' && SPACES.includes(character);
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Cuts template text into tokens, one at a time, in the way of text/template. After an error there is only `eof`. */
export class Lexer {
  private offset = 0;
  private start = 0;
  private isInAction = false;
  private parens = 0;

  constructor(
    private text: string,
    /** Whether `break` and `continue` are keywords: not where functions have these names. */
    private readonly isKeyword: (word: string) => boolean,
  ) {}

  next(): Token {
    return this.isInAction ? this.insideAction() : this.outside();
  }

  private emit(kind: TokenKind): Token {
    const token = { kind, offset: this.start, text: this.text.slice(this.start, this.offset) };
    this.start = this.offset;
    return token;
  }

  private fail(message: string): Token {
    const token: Token = { kind: 'error', offset: this.start, text: message };
    this.text = '';
    this.offset = this.start = 0;
    this.isInAction = false;
    return token;
  }

  /** The character (code point) at the current place; empty at the end. */
  private peek(): string {
    const code = this.text.codePointAt(this.offset);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  private skipSpaces(): void {
    while (isSpace(this.text.charAt(this.offset))) this.offset++;
    this.start = this.offset;
  }

  private outside(): Token {
    for (;;) {
      const open = this.text.indexOf(OPEN, this.offset);
      if (open < 0) {
        this.offset = this.text.length;
        return this.emit(this.offset > this.start ? 'text' : 'eof');
      }
      const afterOpen = open + OPEN.length;
      const isTrimming = this.text.charAt(afterOpen) === '-' && isSpace(this.text.charAt(afterOpen + 1));
      const raw = this.text.slice(this.start, open);
      const text = isTrimming ? trimEnd(raw) : raw;
      if (text !== '') {
        const token: Token = { kind: 'text', offset: this.start, text };
        this.start = this.offset = open;
        return token;
      }
      this.start = open;
      this.offset = afterOpen;
      const inner = afterOpen + (isTrimming ? 2 : 0);
      if (!this.text.startsWith('/*', inner)) {
        const token = this.emit('leftDelim');
        this.start = this.offset = inner;
        this.isInAction = true;
        this.parens = 0;
        return token;
      }
      const failure = this.skipComment(inner);
      if (failure !== undefined) return failure;
    }
  }

  private skipComment(at: number): Token | undefined {
    this.start = at;
    const end = this.text.indexOf('*/', at + 2);
    if (end < 0) return this.fail('unclosed comment');
    this.offset = end + 2;
    const close = this.closing();
    if (close === undefined) return this.fail('comment ends before closing delimiter');
    this.offset += close.length;
    this.start = this.offset;
    if (close.isTrimming) this.skipSpaces();
    return undefined;
  }

  /** The closing delimiter at the current place, with its trim marker. */
  private closing(): { readonly length: number; readonly isTrimming: boolean } | undefined {
    if (isSpace(this.text.charAt(this.offset)) && this.text.startsWith(`-${CLOSE}`, this.offset + 1)) {
      return { length: 2 + CLOSE.length, isTrimming: true };
    }
    return this.text.startsWith(CLOSE, this.offset) ? { length: CLOSE.length, isTrimming: false } : undefined;
  }

  private rightDelim(close: { readonly length: number; readonly isTrimming: boolean }): Token {
    if (close.isTrimming) this.start = this.offset + 2;
    this.offset += close.length;
    const token = this.emit('rightDelim');
    if (close.isTrimming) this.skipSpaces();
    this.isInAction = false;
    return token;
  }

  private insideAction(): Token {
    const close = this.closing();
    if (close !== undefined) return this.parens === 0 ? this.rightDelim(close) : this.fail('unclosed left paren');
    const character = this.peek();
    if (character === '') return this.fail('unclosed action');
    if (isSpace(character)) return this.space();
    this.offset += character.length;
    switch (character) {
      case '=':
        return this.emit('assign');
      case ':':
        if (this.peek() !== '=') return this.fail('expected :=');
        this.offset++;
        return this.emit('declare');
      case '|':
        return this.emit('pipe');
      case '"':
        return this.quoted('"', 'string', 'unterminated quoted string');
      case "'":
        return this.quoted("'", 'charConstant', 'unterminated character constant');
      case '`':
        return this.rawString();
      case '$':
        return this.name('variable');
      case '(':
        this.parens++;
        return this.emit('leftParen');
      case ')':
        this.parens--;
        return this.parens < 0 ? this.fail('unexpected right paren') : this.emit('rightParen');
      default:
    }
    if (character === '.' && this.offset < this.text.length && !isDigit(this.peek())) return this.name('field');
    if ('.+-'.includes(character) || isDigit(character)) {
      this.offset -= character.length;
      return this.number();
    }
    if (ALPHANUMERIC.test(character)) return this.identifier();
    return character >= ' ' && character <= '~'
      ? this.emit('char')
      : this.fail(`unrecognized character in action: ${describeRune(character)}`);
  }

  /** A run of spaces, less the one that belongs to a closing trim marker. */
  private space(): Token {
    while (isSpace(this.text.charAt(this.offset))) this.offset++;
    if (this.text.startsWith(`-${CLOSE}`, this.offset)) {
      this.offset--;
      const close = this.closing();
      if (this.offset === this.start && close !== undefined) return this.rightDelim(close);
    }
    return this.emit('space');
  }

  private quoted(quote: string, kind: TokenKind, message: string): Token {
    for (;;) {
      let character = this.peek();
      this.offset += character.length;
      if (character === quote) return this.emit(kind);
      const isEscaped = character === '\\';
      if (isEscaped) {
        character = this.peek();
        this.offset += character.length;
      }
      if (character === '' || character === '\n') return this.fail(message);
    }
  }

  private rawString(): Token {
    const end = this.text.indexOf('`', this.offset);
    if (end < 0) return this.fail('unterminated raw quoted string');
    this.offset = end + 1;
    return this.emit('rawString');
  }

  private skipAlphanumerics(): void {
    for (let character = this.peek(); character !== '' && ALPHANUMERIC.test(character); character = this.peek()) {
      this.offset += character.length;
    }
  }

  /** A field or a variable, whose first character is already behind. */
  private name(kind: 'field' | 'variable'): Token {
    if (this.isAtTerminator()) return this.emit(kind === 'field' ? 'dot' : kind);
    this.skipAlphanumerics();
    return this.isAtTerminator() ? this.emit(kind) : this.fail(`bad character ${describeRune(this.peek())}`);
  }

  private identifier(): Token {
    this.skipAlphanumerics();
    if (!this.isAtTerminator()) return this.fail(`bad character ${describeRune(this.peek())}`);
    const word = this.text.slice(this.start, this.offset);
    if (KEYWORD_SET.has(word) && this.isKeyword(word)) return this.emit(word as Keyword);
    return this.emit(word === 'true' || word === 'false' ? 'bool' : 'identifier');
  }

  /** True where a name may end. */
  private isAtTerminator(): boolean {
    const character = this.text.charAt(this.offset);
    if (character === '' || isSpace(character) || TERMINATORS.includes(character)) return true;
    return this.text.startsWith(CLOSE, this.offset);
  }

  private number(): Token {
    if (!this.scanNumber()) return this.badNumber();
    const sign = this.peek();
    if (sign !== '+' && sign !== '-') return this.emit('number');
    if (!this.scanNumber() || this.text.charAt(this.offset - 1) !== 'i') return this.badNumber();
    return this.emit('complex');
  }

  private badNumber(): Token {
    return this.fail(`bad number syntax: ${quoteString(this.text.slice(this.start, this.offset))}`);
  }

  /** Takes what looks like a number; whether it is one is found out by the parser. */
  private scanNumber(): boolean {
    const pattern =
      /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y;
    pattern.lastIndex = this.offset;
    this.offset += (pattern.exec(this.text)?.[0] ?? '').length;
    const next = this.peek();
    if (next === '' || !ALPHANUMERIC.test(next)) return true;
    this.offset += next.length;
    return false;
  }
}
