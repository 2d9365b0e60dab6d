export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** A moment on the calendar and the clock. */
export interface Calendar {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly dayOfYear: number;
}

/** Milliseconds since 1970 and the nanoseconds beside them. */
function split(instant: bigint): { readonly milliseconds: number; readonly nanosecond: number } {
  const second = 1_000_000_000n;
  const nanosecond = ((instant % second) + second) % second;
  return { milliseconds: Number((instant - nanosecond) / 1_000_000n), nanosecond: Number(nanosecond) };
}

/** What calendar and clock show at an instant, so many seconds east of UTC. */
export function calendarOf(instant: bigint, offsetSeconds: number): Calendar {
  const { milliseconds, nanosecond } = split(instant);
  const date = new Date(milliseconds + offsetSeconds * 1000);
  const startOfYear = Date.UTC(2000, 0, 1);
  const year = date.getUTCFullYear();
  const first = new Date(startOfYear).setUTCFullYear(year);
  const midnight = new Date(date).setUTCHours(0, 0, 0, 0);
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond,
    weekday: date.getUTCDay(),
    dayOfYear: Math.round((midnight - first) / 86_400_000) + 1,
  };
}

/** Offset from UTC and short name of a time zone at an instant; UTC for zones nobody knows. */
export function zoneAt(zone: string, instant: bigint): { readonly offsetSeconds: number; readonly name: string } {
  const utc = { offsetSeconds: 0, name: 'UTC' };
  if (['', 'UTC', 'Local'].includes(zone)) return utc;
  try {
    const { milliseconds } = split(instant);
    const show = (timeZoneName: 'longOffset' | 'short'): string =>
      new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName })
        .formatToParts(new Date(milliseconds))
        .find((each) => each.type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
      /GMT([+-])(\d+):?(\d+)?:?(\d+)?/.exec(show('longOffset')) ?? [];
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    const short = show('short');
    const numeric = `${sign}${hours.padStart(2, '0')}${minutes === '00' ? '' : minutes}`;
    return {
      offsetSeconds: sign === '-' ? -size : size,
      name: short.startsWith('GMT') && short !== 'GMT' ? numeric : short,
    };
  } catch (error) {
    if (error instanceof RangeError) return utc;
    throw error;
  }
}
