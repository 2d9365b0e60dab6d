/** A piece of a CEL expression. */
export interface Token {
  readonly kind: 'identifier' | 'number' | 'text' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

const ESCAPE = String.raw`\\(?:[abfnrtv"'\\?\x60]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})`;
const QUOTED = String.raw`"""(?:[^\\]|${ESCAPE})*?"""|'''(?:[^\\]|${ESCAPE})*?'''|"(?:[^\\"\n\r]|${ESCAPE})*"|'(?:[^\\'\n\r]|${ESCAPE})*'`;
const RAW = String.raw`[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*')`;

const KINDS: readonly (readonly [Token['kind'] | undefined, RegExp])[] = [
  [undefined, /(?:[ \t\r\n\f]+|\/\/[^\n]*)/y],
  ['text', new RegExp(`[bB]?(?:${RAW}|${QUOTED})`, 'y')],
  ['number', /(?:0x[0-9a-fA-F]+[uU]?|(?:\d+\.\d+|\.\d+|\d+)[eE][-+]?\d+|\d+\.\d+|\.\d+|\d+[uU]?)/y],
  ['identifier', /[_a-zA-Z][_a-zA-Z0-9]*/y],
  ['identifier', /`[A-Za-z0-9_./ -]+`/y],
  ['symbol', /(?:==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}])/y],
];

/** The pieces of an expression, with an end; undefined at a place that is not a piece of CEL. */
export function celTokens(expression: string): readonly Token[] | number {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    let found: string | undefined;
    for (const [kind, pattern] of KINDS) {
      pattern.lastIndex = at;
      found = pattern.exec(expression)?.[0];
      if (found === undefined) continue;
      if (kind !== undefined) tokens.push({ kind, text: found, at });
      break;
    }
    if (found === undefined) return at;
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}
