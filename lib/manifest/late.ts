/**
 * A late value is one that is not known while the construct tree is built: it travels through it as an opaque text,
 * `${late:NONCE:INDEX}`, that stands for itself in any string. Whoever handed it out puts the real value back; every
 * check in between treats it as unknown, never as wrong.
 */
const LATE = /\$\{late:[0-9a-z]+:[0-9]+\}/i;

/** The text of a late value; `nonce` keeps the tokens of one process and run apart from all others. */
export function lateToken(nonce: string, index: number): string {
  return `\${late:${nonce}:${index}}`;
}

/** True for a text that is, or contains, a late value. Letter case does not count, so that changed tokens are found. */
export function isLate(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{') && LATE.test(value);
}

/** A fresh pattern that finds every late value in a text; groups: nonce, index. */
export function latePattern(): RegExp {
  return /\$\{late:([0-9a-z]+):([0-9]+)\}/gi;
}
