const SECOND = 1_000_000_000n;

/** A fraction of a unit without trailing zeros. */
function decimal(value: bigint, unit: bigint): string {
  const digits = String(unit).length - 1;
  const fraction = (value % unit).toString().padStart(digits, '0').replace(/0+$/, '');
  return `${value / unit}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Nanoseconds as Go writes a duration: `1h30m0s`, `1.5s`, `45ms`. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const sign = nanoseconds < 0n ? '-' : '';
  if (size < 1_000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 1_000n)}\u00b5s`;
  if (size < SECOND) return `${sign}${decimal(size, 1_000_000n)}ms`;
  const [hours, minutes] = [size / (3600n * SECOND), (size / (60n * SECOND)) % 60n];
  const seconds = `${decimal(size % (60n * SECOND), SECOND)}s`;
  if (hours > 0n) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0n ? `${sign}${minutes}m${seconds}` : sign + seconds;
}

/**
 * Nanoseconds as protobuf's JSON writes a duration: seconds, with three, six or nine digits after the point where needed.
 *
 * Source: https://protobuf.dev/reference/protobuf/google.protobuf/#duration
 */
export function formatProtoDuration(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const sign = nanoseconds < 0n ? '-' : '';
  const rest = (size % SECOND).toString().padStart(9, '0');
  const digits = rest.replace(/(?:0{9}|0{6}|0{3})$/, '');
  return `${sign}${size / SECOND}${digits === '' ? '' : `.${digits}`}s`;
}
