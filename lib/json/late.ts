/**
 * A late value is one that is not known while the construct tree is built: it travels through it as an opaque text,
 * `${late:NONCE:INDEX}`, that stands for itself in any string. Whoever handed it out puts the real value back; every
 * check in between treats it as unknown, never as wrong.
 */
const LATE = /\$\{late:[0-9a-z]+:[0-9]+(:rest)?\}/i;

/** The text of a late value; `nonce` keeps the tokens of one process and run apart from all others. */
export function lateToken(nonce: string, index: number): string {
  return `\${late:${nonce}:${index}}`;
}

/** True for a text that is, or contains, a late value. Letter case does not count, so that changed tokens are found. */
export function isLate(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{') && LATE.test(value);
}

/** The SDK's own text for an Output that was made into one; it is as long as this. */
const OUTPUT_AS_TEXT = /Calling \[to(?:String|JSON)\] on an \[Output<T>\]/;
const OUTPUT_AS_TEXT_LENGTH = 40;

/**
 * True for a text that holds what Pulumi's SDK makes of an Output in a template literal, `+` or `JSON.stringify`: an error
 * message instead of its value, which is lost.
 */
export function isOutputText(value: unknown): boolean {
  return typeof value === 'string' && value.length >= OUTPUT_AS_TEXT_LENGTH && OUTPUT_AS_TEXT.test(value);
}

/** True where a late value, or what is left of one, is in some text or key of a value. */
export function holdsLate(value: unknown): boolean {
  if (typeof value === 'string') return isLate(value) || isOutputText(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsLate);
  for (const key in value) {
    if (isLate(key) || holdsLate((value as Record<string, unknown>)[key])) return true;
  }
  return false;
}

/** A fresh pattern that finds every late value in a text; groups: nonce, index, and `:rest` for the rest of a hundred. */
export function latePattern(): RegExp {
  return /\$\{late:([0-9a-z]+):([0-9]+)(:rest)?\}/gi;
}

/**
 * The percent that a share leaves over: `100 - share`. For a late share it is a late value again, which whoever handed out
 * the share knows how to put in; the rest of a rest is the share.
 */
export function restOfHundred(share: number): number {
  const text: unknown = share;
  if (typeof text !== 'string' || !isLate(text)) return 100 - share;
  const rest = text.endsWith(':rest}') ? text.replace(/:rest\}$/, '}') : text.replace(/\}$/, ':rest}');
  return rest as unknown as number;
}
