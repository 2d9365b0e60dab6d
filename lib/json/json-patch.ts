/** One step of a JSON patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** True for equal plain data; the order of keys does not count. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key]));
}

/** The steps that turn `from` into `to`, small ones: a changed weight is one step, not a new list of routes. */
export function jsonPatch(from: unknown, to: unknown, path = ''): PatchOperation[] {
  if (isEqual(from, to)) return [];
  if (isMap(from) && isMap(to)) {
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].sort().flatMap((key): PatchOperation[] => {
      const at = `${path}/${escape(key)}`;
      if (!Object.hasOwn(to, key)) return [{ op: 'remove', path: at }];
      if (!Object.hasOwn(from, key)) return [{ op: 'add', path: at, value: to[key] }];
      return jsonPatch(from[key], to[key], at);
    });
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const common = Math.min(from.length, to.length);
    const steps = Array.from({ length: common }, (_, i) => jsonPatch(from[i], to[i], `${path}/${i}`)).flat();
    for (let i = from.length - 1; i >= common; i--) steps.push({ op: 'remove', path: `${path}/${i}` });
    for (let i = common; i < to.length; i++) steps.push({ op: 'add', path: `${path}/${i}`, value: to[i] as unknown });
    return steps;
  }
  return [{ op: 'replace', path, value: to }];
}
