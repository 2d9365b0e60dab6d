import { durationNanoseconds, formatDuration } from '../../json';
import { any, define, string } from '../define';
import type { FunctionMap } from '../template';
import { integerOf } from '../typed-value';
import { FunctionError, GoInt, GoPointer, type GoFunction, type Value } from '../value';
import { formatTime } from './format-time';
import { instantOf, isTime, time, timeValue } from './go-time';
import { parseTime } from './parse-time';
import { parseDecimalInteger } from './decimal-integer';

const SECOND = 1_000_000_000n;

/** Nanoseconds since 1970 of a time or of a number of seconds. Anything else is the current time in Go. */
function dateOf(given: Value): bigint {
  const value = given instanceof GoPointer ? given.target : given;
  if (isTime(value)) return instantOf(value);
  const seconds =
    typeof value === 'number' || (value instanceof GoInt && ['int64', 'int32'].includes(value.type.kind))
      ? integerOf(value)
      : undefined;
  if (seconds !== undefined) return seconds * SECOND;
  throw new FunctionError(
    'this is not a date (a time, or seconds as an integer), for which sprig takes the current time: the same input must give the same output',
  );
}

function read(layout: string, text: string): Value {
  const instant = parseTime(layout, text);
  if (instant === undefined) throw new FunctionError(`parsing time "${text}" as "${layout}": cannot parse`);
  return timeValue(instant);
}

function modify(change: string, date: Value): Value {
  const by = durationNanoseconds(change);
  if (by === undefined) throw new FunctionError(`time: invalid duration "${change}"`);
  return timeValue(dateOf(date) + by);
}

function orElse(attempt: () => Value, otherwise: Value): Value {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof FunctionError) return otherwise;
    throw error;
  }
}

/** Sizes by which `durationRound` counts, the largest that fits being used. */
const SIZES: readonly (readonly [bigint, string])[] = [
  [SECOND * 3600n * 24n * 365n, 'y'],
  [SECOND * 3600n * 24n * 30n, 'mo'],
  [SECOND * 3600n * 24n, 'd'],
  [SECOND * 3600n, 'h'],
  [SECOND * 60n, 'm'],
  [SECOND, 's'],
];

function roundDuration(value: Value): string {
  let duration = 0n;
  if (typeof value === 'string') duration = durationNanoseconds(value) ?? 0n;
  else if (value instanceof GoInt && value.type.kind === 'int64') duration = value.value;
  else if (isTime(value))
    throw new FunctionError('durationRound of a time counts from the current time, which is not available');
  const size = duration < 0n ? -duration : duration;
  const [unit, name] = SIZES.find(([each]) => size > each) ?? [undefined, 's'];
  return unit === undefined ? '0s' : `${size / unit}${name}`;
}

function secondsOf(value: Value): bigint {
  if (typeof value === 'string') return parseDecimalInteger(value) ?? 0n;
  return value instanceof GoInt && value.type.kind === 'int64' ? value.value : 0n;
}

const inZone = define([string, any, string], (layout, date, zone) => formatTime(layout, dateOf(date), zone));
const mustModify = define([string, time], modify);
const modifyOrKeep: GoFunction = define([string, time], (change, date) => orElse(() => modify(change, date), date));

/** Dates. The local time zone is UTC; what depends on the current time is refused. */
export const DATE_FUNCTIONS: FunctionMap = {
  date: define([string, any], (layout, date) => formatTime(layout, dateOf(date), 'UTC')),
  dateInZone: inZone,
  date_in_zone: inZone,
  htmlDate: define([any], (date) => formatTime('2006-01-02', dateOf(date), 'UTC')),
  htmlDateInZone: define([any, string], (date, zone) => formatTime('2006-01-02', dateOf(date), zone)),
  dateModify: modifyOrKeep,
  date_modify: modifyOrKeep,
  mustDateModify: mustModify,
  must_date_modify: mustModify,
  toDate: define([string, string], (layout, text) => orElse(() => read(layout, text), timeValue(undefined))),
  mustToDate: define([string, string], read),
  unixEpoch: define([time], (date) => String(dateOf(date) / SECOND)),
  duration: define([any], (value) => formatDuration(secondsOf(value) * SECOND)),
  durationRound: define([any], roundDuration),
};
