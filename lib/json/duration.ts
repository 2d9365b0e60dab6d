import { isLate } from './late';

type Unit = 'h' | 'm' | 's' | 'ms' | 'us' | 'µs' | 'ns';

/**
 * A length of time as Go writes it: a number with a unit, or several: `5s`, `100ms`, `1h30m`. Units are h, m, s, ms, us
 * (or µs) and ns; there is no day. Longer combinations, and texts that are only known when the program runs, go through
 * {@link duration}.
 */
export type Duration =
  | '0'
  | `${number}${Unit}`
  | `${number}h${number}${'m' | 's'}`
  | `${number}h${number}m${number}s`
  | `${number}m${number}s`
  | `${number}s${number}ms`;

const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};

const GO_DURATION = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const PART = /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g;

/** The largest and smallest duration Go knows, about 292 years. */
const MOST = (1n << 63n) - 1n;

/** Durations read before, for the objects of a mesh have few different ones; bounded, so that it never grows with the input. */
const known = new Map<string, bigint | undefined>();

/**
 * The nanoseconds of a Go duration as `time.ParseDuration` of Go reads it, exact to the nanosecond (fractions below one
 * are cut off, part by part); undefined for a text that is none, or that is longer than about 292 years.
 */
export function durationNanoseconds(text: string): bigint | undefined {
  if (known.has(text)) return known.get(text);
  const nanoseconds = readDuration(text);
  if (known.size < 1000 && text.length < 32) known.set(text, nanoseconds);
  return nanoseconds;
}

function readDuration(text: string): bigint | undefined {
  if (!GO_DURATION.test(text)) return undefined;
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(PART)) {
    const size = BigInt(NANOSECONDS[unit] ?? 0);
    total += BigInt(whole === '' ? '0' : whole) * size;
    if (fraction !== '') total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
    if (total > MOST + 1n) return undefined;
  }
  if (text.startsWith('-')) return -total;
  return total > MOST ? undefined : total;
}

/**
 * A text as a {@link Duration}; late values pass.
 *
 * @throws Error when the text is no Go duration.
 */
export function duration(text: string): Duration {
  if (!isLate(text) && durationNanoseconds(text) === undefined) {
    throw new Error(
      `"${text}" is not a duration. Write a number with a unit: h, m, s, ms, us or ns, such as "5s" or "1h30m".`,
    );
  }
  return text as Duration;
}
