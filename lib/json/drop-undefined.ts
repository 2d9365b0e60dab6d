type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** A type without the undefined values of its fields: those fields may be absent instead. */
export type WithoutUndefined<T> = { readonly [K in Exclude<keyof T, OptionalKeys<T>>]: T[K] } & {
  readonly [K in OptionalKeys<T>]?: Exclude<T[K], undefined>;
};

/** The object without the fields that are undefined; those of inner objects stay. The order of the rest is kept. */
export function dropUndefined<T extends object>(object: T): WithoutUndefined<T> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) if (value !== undefined) result[key] = value;
  return result as WithoutUndefined<T>;
}
