const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000_000_000,
  m: 60_000_000_000,
  s: 1_000_000_000,
  ms: 1_000_000,
  us: 1000,
  µs: 1000,
  μs: 1000,
  ns: 1,
};
const WHOLE = /^[+-]?(\d+(\.\d*)?(h|ms|m|s|us|µs|μs|ns)|\.\d+(h|ms|m|s|us|µs|μs|ns))+$/;
const PART = /(\d*(?:\.\d*)?)(h|ms|m|s|us|µs|μs|ns)/g;

/** Nanoseconds of a duration in Go's form (`45s`, `1m30s`, `1.5h`); undefined for anything else. */
export function nanosecondsOf(text: string): number | undefined {
  if (text === '0') return 0;
  if (!WHOLE.test(text)) return undefined;
  let total = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(PART)) total += Number(amount) * (UNITS[unit] ?? 0);
  return text.startsWith('-') ? -total : total;
}

/** A duration as protobuf's JSON writes it: seconds with three, six or nine digits after the point where needed. */
export function protoDuration(nanoseconds: number): string {
  const sign = nanoseconds < 0 ? '-' : '';
  const seconds = Math.floor(Math.abs(nanoseconds) / 1e9);
  const rest = Math.round(Math.abs(nanoseconds) - seconds * 1e9);
  if (rest === 0) return `${sign}${seconds}s`;
  const digits = String(rest)
    .padStart(9, '0')
    .replace(/0{6}$|0{3}$/, '');
  return `${sign}${seconds}.${digits}s`;
}
