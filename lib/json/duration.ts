import { isLate } from './late';

type Unit = 'h' | 'm' | 's' | 'ms' | 'us' | 'µs' | 'ns';

/**
 * A length of time as Go writes it: a number with a unit, or several: `5s`, `100ms`, `1h30m`. Units are h, m, s, ms, us
 * (or µs) and ns; there is no day. Longer combinations, and strings that are only known when the program runs, go through
 * {@link duration}.
 */
export type Duration =
  | '0'
  | `${number}${Unit}`
  | `${number}h${number}${'m' | 's'}`
  | `${number}h${number}m${number}s`
  | `${number}m${number}s`
  | `${number}s${number}ms`;

const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  // The micro sign and the Greek letter.
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** One more than the largest duration Go knows, about 292 years; the smallest is its negative. */
const LIMIT = 1n << 63n;

/** Durations read before, for the objects of a mesh have few different ones; bounded, so that it never grows with the input. */
const known = new Map<string, bigint | undefined>();

/**
 * The nanoseconds of a duration as `time.ParseDuration` of Go reads it, to the last nanosecond; undefined for a string
 * that is not one, or that is longer than about 292 years. It takes time in proportion to the string.
 *
 * Source: https://pkg.go.dev/time#ParseDuration
 */
export function durationNanoseconds(text: string): bigint | undefined {
  if (known.has(text)) return known.get(text);
  const nanoseconds = readDuration(text);
  if (known.size < 1000 && text.length < 32) known.set(text, nanoseconds);
  return nanoseconds;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isPoint = (code: number): boolean => code === 46;

function readDuration(text: string): bigint | undefined {
  const isNegative = text.startsWith('-');
  let position = isNegative || text.startsWith('+') ? 1 : 0;
  if (text.length === position + 1 && text.endsWith('0')) return 0n;
  if (position === text.length) return undefined;
  let total = 0n;
  while (position < text.length) {
    const whole = endOf(text, position, isDigit);
    const start = isPoint(text.charCodeAt(whole)) ? whole + 1 : whole;
    const fraction = endOf(text, start, isDigit);
    // Digits are needed on one side of the point.
    if (whole === position && fraction === start) return undefined;
    const end = endOf(text, fraction, (code) => !isDigit(code) && !isPoint(code));
    const name = text.slice(fraction, end);
    const unit = Object.hasOwn(NANOSECONDS, name) ? NANOSECONDS[name] : undefined;
    const count = wholeNumber(text, position, whole);
    if (unit === undefined || count === undefined || count > LIMIT / unit) return undefined;
    total += count * unit + partOf(unit, text, start, fraction);
    if (total > LIMIT) return undefined;
    position = end;
  }
  if (isNegative) return -total;
  return total === LIMIT ? undefined : total;
}

/** Where characters of one sort end. */
function endOf(text: string, from: number, isOfSort: (code: number) => boolean): number {
  let end = from;
  while (end < text.length && isOfSort(text.charCodeAt(end))) end++;
  return end;
}

/** The number that these digits are, or undefined where it is beyond any duration. */
function wholeNumber(text: string, from: number, to: number): bigint | undefined {
  let first = from;
  while (first < to && text.charAt(first) === '0') first++;
  if (to - first > 19) return undefined;
  const number = BigInt(text.slice(first, to) || '0');
  return number > LIMIT ? undefined : number;
}

/**
 * The nanoseconds of a fraction of a unit. Go counts them with a floating-point number, and leaves out the digits that
 * its whole numbers have no room for; so does this.
 */
function partOf(unit: bigint, text: string, from: number, to: number): bigint {
  let digits = 0n;
  let scale = 1;
  for (let i = from; i < to; i++) {
    if (digits > (LIMIT - 1n) / 10n) break;
    const next = digits * 10n + BigInt(text.charCodeAt(i) - 48);
    if (next > LIMIT) break;
    digits = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(digits) * (Number(unit) / scale)));
}

/**
 * A string as a {@link Duration}; late values pass.
 *
 * @throws Error when the string is not a Go duration.
 */
export function duration(text: string): Duration {
  if (!isLate(text) && durationNanoseconds(text) === undefined) {
    throw new Error(
      `"${text}" is not a duration. Write a number with a unit: h, m, s, ms, us or ns, such as "5s" or "1h30m".`,
    );
  }
  return text as Duration;
}
