import { INT, INT64, structType, type GoMethod, type GoType } from '../go-type';
import { integer } from '../typed-value';
import { FunctionError, GoInt, GoStruct, type Value } from '../value';
import { decode } from '../decode';
import { string, type Param } from '../define';
import { MONTHS, WEEKDAYS, calendarOf } from './calendar';
import { formatTime } from './format-time';

const instants = new WeakMap<GoStruct, bigint>();

/** Midnight of the first day of year 1: Go's zero time. */
const ZERO_TIME = -62135596800n * 1_000_000_000n;

/** A `time.Time` in UTC, nanoseconds since 1970; the zero time where there are none. */
export function timeValue(instant: bigint | undefined): GoStruct {
  const value = new GoStruct(TIME, {}, decode);
  instants.set(value, instant ?? ZERO_TIME);
  return value;
}

/** True for what {@link timeValue} made. */
export function isTime(value: Value): value is GoStruct {
  return value instanceof GoStruct && instants.has(value);
}

/** The instant of a time. */
export function instantOf(value: Value): bigint {
  const instant = value instanceof GoStruct ? instants.get(value) : undefined;
  if (instant === undefined) throw new FunctionError('wrong type for value; expected time.Time');
  return instant;
}

type CalendarPart = 'year' | 'day' | 'hour' | 'minute' | 'second' | 'nanosecond';
const part =
  (name: CalendarPart): GoMethod =>
  (self) =>
    calendarOf(instantOf(self), 0)[name];
/** A parameter that must be a time. */
export const time: Param<Value> = {
  get type() {
    return TIME;
  },
  read: (value) => value,
};

const since =
  (unit: bigint): GoMethod =>
  (self) => {
    const instant = instantOf(self);
    return integer((instant - (((instant % unit) + unit) % unit)) / unit, INT64);
  };
const compare = (self: Value, [other]: readonly Value[]): bigint => instantOf(self) - instantOf(other);

/** `time.Time`. */
export const TIME: GoType = structType('time.Time', () => ({ wall: INT }), {
  methods: {
    Year: part('year'),
    Month: (self) => MONTHS[calendarOf(instantOf(self), 0).month - 1] ?? '',
    Day: part('day'),
    Hour: part('hour'),
    Minute: part('minute'),
    Second: part('second'),
    Nanosecond: part('nanosecond'),
    Weekday: (self) => WEEKDAYS[calendarOf(instantOf(self), 0).weekday] ?? '',
    YearDay: (self) => calendarOf(instantOf(self), 0).dayOfYear,
    Unix: since(1_000_000_000n),
    UnixMilli: since(1_000_000n),
    UnixNano: (self) => new GoInt(INT64, instantOf(self)),
    IsZero: (self) => instantOf(self) === ZERO_TIME,
    UTC: (self) => self,
    Local: (self) => self,
    Format: (self, [layout]) => formatTime(string.read(layout), instantOf(self), 'UTC'),
    After: (self, args) => compare(self, args) > 0n,
    Before: (self, args) => compare(self, args) < 0n,
    Equal: (self, args) => compare(self, args) === 0n,
    String: (self) => formatTime('2006-01-02 15:04:05.999999999 -0700 MST', instantOf(self), 'UTC'),
  },
});
