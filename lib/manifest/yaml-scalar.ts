/** Thrown for what YAML has no text for; {@link ./write-yaml.ts} answers it with the place and never lets it out. */
export class Unwritable extends Error {}

/** A first character that starts no YAML construct, printable ASCII after it. */
const PLAIN = /^(?:[A-Za-z0-9_/$(]|-{1,2}[A-Za-z])[ -~]*$/;

/** What would end a plain text or make it a key. */
const NOT_PLAIN = /: | #|[ :]$/;

/**
 * A text that begins with a digit and has nothing but these characters may be a number, a date or a base-60 integer
 * (`1:30`) for some reader: YAML 1.1, YAML 1.2, or one of the libraries in between (`1.2.3` is a float in the letter
 * of 1.1).
 */
const NUMBER_LIKE = /^[0-9][0-9a-fA-FxXoObB_.:,+\-tTzZ ]*$/;

/** Words that some reader takes for a boolean, for nothing, or (an exponent without digits before it) for a number. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|-?e[-+]?[0-9][0-9_]*)$/i;

/** Characters no YAML file may hold, and those that YAML 1.1 takes for the end of a line. */
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const HALF_A_PAIR = /\p{Surrogate}/u;
const UNPRINTABLE_ALL = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A last line of nothing but spaces, which readers chomp differently. */
const BLANK_LAST_LINE = /\n[ \t]+\n*$/;

/** True for a text that is not well-formed Unicode. */
export function hasHalfAPair(text: string): boolean {
  return HALF_A_PAIR.test(text);
}

function needsNoQuotes(text: string): boolean {
  if (!PLAIN.test(text) || NOT_PLAIN.test(text)) return false;
  const first = text.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return !NUMBER_LIKE.test(text);
  return !WORD.test(text);
}

/**
 * A text on one line: as it is where every reader takes it for a text, in double quotes elsewhere.
 *
 * @throws Unwritable for half a surrogate pair, which no file can hold.
 */
export function inlineText(text: string): string {
  if (needsNoQuotes(text)) return text;
  if (hasHalfAPair(text)) throw new Unwritable();
  return JSON.stringify(text).replace(
    UNPRINTABLE_ALL,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * A text of several lines as a block literal, its lines indented by `indent`; nothing where a literal would not give
 * back exactly this text in every reader (carriage returns, a blank first line, an indented first line).
 *
 * @throws Unwritable for half a surrogate pair.
 */
export function blockText(text: string, indent: string): string | undefined {
  const first = text.charCodeAt(0);
  if (first === 0x0a || first === 0x20 || first === 0x09) return undefined;
  if (UNPRINTABLE.test(text) || BLANK_LAST_LINE.test(text)) return undefined;
  if (hasHalfAPair(text)) throw new Unwritable();
  const chomp = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') ? '+' : '';
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  return `|${chomp}\n${body.replace(/^(?=.)/gm, indent)}`;
}

/** A number that YAML 1.1 and 1.2 read alike; an exponent gets its point (`1e+21` alone is a text in YAML 1.1). */
export function numberText(value: number): string {
  const text = String(value);
  const exponent = text.indexOf('e');
  return exponent < 0 || text.includes('.') ? text : `${text.slice(0, exponent)}.0${text.slice(exponent)}`;
}
