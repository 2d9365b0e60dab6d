import { any, boolean, define, defineVariadic, string } from '../define';
import { fromJson, toJson } from '../json';
import type { FunctionMap } from '../template';
import type { GoFunction } from '../value';
import { FunctionError, GoStruct, isTrue, type Value } from '../value';

/** sprig's `empty`: what `if` takes for false. */
export function isEmpty(value: Value): boolean {
  return value instanceof GoStruct ? false : !isTrue(value);
}

/** Failures become an empty result, as in the functions of sprig without `must`. */
function orElse(attempt: () => Value, otherwise: Value): Value {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof FunctionError) return otherwise;
    throw error;
  }
}

const json = (options: Parameters<typeof toJson>[1]): GoFunction => define([any], (value) => toJson(value, options));
const jsonOrNothing = (options: Parameters<typeof toJson>[1]): GoFunction =>
  define([any], (value) => orElse(() => toJson(value, options), ''));

const PRETTY = { indent: '  ' };
const RAW = { isHtmlSafe: false };

/** Defaults, conditions and JSON. */
export const DEFAULT_FUNCTIONS: FunctionMap = {
  default: defineVariadic([any], any, (otherwise, given = null) => (isEmpty(given) ? otherwise : given)),
  empty: define([any], isEmpty),
  coalesce: defineVariadic([], any, (...values) => values.find((value) => !isEmpty(value)) ?? null),
  all: defineVariadic([], any, (...values) => values.every((value) => !isEmpty(value))),
  any: defineVariadic([], any, (...values) => values.some((value) => !isEmpty(value))),
  ternary: define([any, any, boolean], (yes, no, condition) => (condition ? yes : no)),
  fail: define([string], (message) => {
    throw new FunctionError(message);
  }),
  fromJson: define([string], (text) => orElse(() => fromJson(text), null)),
  mustFromJson: define([string], fromJson),
  toJson: jsonOrNothing({}),
  mustToJson: json({}),
  toPrettyJson: jsonOrNothing(PRETTY),
  mustToPrettyJson: json(PRETTY),
  toRawJson: json(RAW),
  mustToRawJson: json(RAW),
};
