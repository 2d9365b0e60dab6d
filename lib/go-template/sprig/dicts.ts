import { any, define, defineVariadic, map, string, type Param } from '../define';
import { ANY_MAP } from '../go-type';
import type { FunctionMap } from '../template';
import { anyMap, anySlice, stringSlice, typeOf } from '../typed-value';
import { FunctionError, GoMap, GoSlice, type Value } from '../value';
import { textOf } from './convert';
import { isEmpty } from './defaults';

function requireWritable(target: GoMap): void {
  if (target.isNil) throw new FunctionError('assignment to entry in nil map');
}

function entriesOf(source: GoMap): [string, Value][] {
  return source.keys().map((key) => [String(key), source.get(key)]);
}

/** Lays `source` over `target`, which changes: only what is empty there, or everything. */
function mergeInto(target: GoMap, source: GoMap, isOverwriting: boolean): void {
  for (const [key, given] of entriesOf(source)) {
    const present = target.get(key);
    if (given === null) {
      if (isOverwriting) target.set(key, null);
      continue;
    }
    if (given instanceof GoMap && present instanceof GoMap && !present.isNil) mergeInto(present, given, isOverwriting);
    if (given instanceof GoMap && present instanceof GoMap && !isEmpty(present)) continue;
    if (given instanceof GoSlice && !isEmpty(present) && !isOverwriting) continue;
    if (isOverwriting || isEmpty(present)) target.set(key, given);
  }
}

const merge = (isOverwriting: boolean): FunctionMap[string] =>
  defineVariadic([map], map, (target, ...sources) => {
    if (sources.length > 0) requireWritable(target);
    for (const source of sources) mergeInto(target, source, isOverwriting);
    return target;
  });

function deepCopy(value: Value): Value {
  if (value instanceof GoMap) {
    return value.isNil
      ? value
      : new GoMap(value.type, new Map(value.keys().map((key) => [key, deepCopy(value.get(key))])));
  }
  if (value instanceof GoSlice) return new GoSlice(value.type, value.items.map(deepCopy), value.isNil);
  return value;
}

function dig(keys: readonly Value[], otherwise: Value, dict: Value): Value {
  let at = dict;
  for (const key of keys) {
    if (!(at instanceof GoMap) || at.type !== ANY_MAP) {
      const type = typeOf(at);
      const what = type === undefined ? 'interface {} is nil' : `interface {} is ${type.name}`;
      throw new FunctionError(`interface conversion: ${what}, not map[string]interface {}`);
    }
    if (typeof key !== 'string') {
      throw new FunctionError(`interface conversion: interface {} is ${typeOf(key)?.name ?? 'nil'}, not string`);
    }
    if (!at.has(key)) return otherwise;
    at = at.get(key);
  }
  return at;
}

const copy = define([any], deepCopy);
const keyList: Param<string> = string;

/** Dictionaries. `keys` and `values`, of random order in Go, are sorted by key. */
export const DICT_FUNCTIONS: FunctionMap = {
  dict: defineVariadic([], any, (...pairs) => {
    const made = anyMap();
    for (let i = 0; i < pairs.length; i += 2) made.set(textOf(pairs[i]), i + 1 < pairs.length ? pairs[i + 1] : '');
    return made;
  }),
  get: define([map, string], (from, key) => (from.has(key) ? from.get(key) : '')),
  set: define([map, string, any], (target, key, value) => {
    requireWritable(target);
    target.set(key, value);
    return target;
  }),
  unset: define([map, string], (target, key) => {
    target.delete(key);
    return target;
  }),
  hasKey: define([map, string], (from, key) => from.has(key)),
  pluck: defineVariadic([string], map, (key, ...dicts) =>
    anySlice(dicts.filter((from) => from.has(key)).map((from) => from.get(key))),
  ),
  keys: defineVariadic([], map, (...dicts) => stringSlice(dicts.flatMap((from) => from.keys().map(String)))),
  values: define([map], (from) => anySlice(entriesOf(from).map(([, value]) => value))),
  pick: defineVariadic([map], keyList, (from, ...keys) =>
    anyMap(keys.filter((key) => from.has(key)).map((key): [string, Value] => [key, from.get(key)])),
  ),
  omit: defineVariadic([map], keyList, (from, ...keys) =>
    anyMap(entriesOf(from).filter(([key]) => !keys.includes(key))),
  ),
  merge: merge(false),
  mustMerge: merge(false),
  mergeOverwrite: merge(true),
  mustMergeOverwrite: merge(true),
  deepCopy: copy,
  mustDeepCopy: copy,
  dig: defineVariadic([], any, (...args) => {
    if (args.length < 3) throw new FunctionError('dig needs at least three arguments');
    return dig(args.slice(0, -2), args.at(-2), args.at(-1));
  }),
};
