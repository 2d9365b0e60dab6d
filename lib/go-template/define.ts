import {
  ANY,
  ANY_MAP,
  BOOL,
  FLOAT64,
  INT,
  INT64,
  STRING,
  STRING_MAP,
  STRING_SLICE,
  ANY_SLICE,
  type GoType,
} from './go-type';
import { integerOf } from './typed-value';
import { GoFloat, GoFunction, GoMap, GoSlice, type Value } from './value';

/** A parameter: its Go type, and the JavaScript value an implementation gets for it. */
export interface Param<T> {
  readonly type: GoType;
  readonly read: (value: Value) => T;
}

const readMap =
  (type: GoType) =>
  (value: Value): GoMap =>
    value instanceof GoMap ? value : new GoMap(type, new Map(), undefined, true);

export const any: Param<Value> = { type: ANY, read: (value) => value };
export const string: Param<string> = { type: STRING, read: (value) => (typeof value === 'string' ? value : '') };
export const boolean: Param<boolean> = { type: BOOL, read: (value) => value === true };
export const int: Param<number> = { type: INT, read: (value) => Number(integerOf(value) ?? 0n) };
export const int64: Param<bigint> = { type: INT64, read: (value) => integerOf(value) ?? 0n };
export const float: Param<number> = {
  type: FLOAT64,
  read: (value) => (value instanceof GoFloat ? value.value : 0),
};
export const map: Param<GoMap> = { type: ANY_MAP, read: readMap(ANY_MAP) };
export const stringMap: Param<GoMap> = { type: STRING_MAP, read: readMap(STRING_MAP) };
export const slice: Param<readonly Value[]> = {
  type: ANY_SLICE,
  read: (value) => (value instanceof GoSlice ? value.items : []),
};
export const strings: Param<readonly string[]> = {
  type: STRING_SLICE,
  read: (value) => (value instanceof GoSlice ? value.items.map(string.read) : []),
};

type Read<P extends readonly Param<unknown>[]> = { [K in keyof P]: P[K] extends Param<infer T> ? T : never };

/** A function of fixed parameters. */
export function define<P extends readonly Param<unknown>[]>(
  params: readonly [...P],
  implementation: (...args: Read<P>) => Value,
): GoFunction {
  const types = params.map((param) => param.type);
  return new GoFunction(types, undefined, (args) => {
    const values: unknown[] = [];
    for (let i = 0; i < params.length; i++) values.push(params[i].read(args[i]));
    return implementation(...(values as Read<P>));
  });
}

/** A function of which the last parameter may come any number of times. */
export function defineVariadic<P extends readonly Param<unknown>[], R>(
  params: readonly [...P],
  rest: Param<R>,
  implementation: (...args: [...Read<P>, ...R[]]) => Value,
): GoFunction {
  const types = params.map((param) => param.type);
  return new GoFunction(types, rest.type, (args) =>
    implementation(...(args.map((arg, index) => (params[index] ?? rest).read(arg)) as [...Read<P>, ...R[]])),
  );
}
