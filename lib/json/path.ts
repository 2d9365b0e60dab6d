/** A step of a path: the name of a field, or the index of an item. */
export type PathPart = string | number;

/** A place in a JSON value, from its root: `['spec', 'http', 0, 'match']`. Never parsed from text, only printed as one. */
export type Path = readonly PathPart[];

const PLAIN = /^[A-Za-z_$][\w$]*$/;

/** The path as people read it: `spec.http[0].headers["end-user.name"]`; an empty text for the root. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (PLAIN.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

/** What is at a place, or undefined where the path leads nowhere. */
export function getAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined;
    here = (here as Readonly<Record<PathPart, unknown>>)[part];
  }
  return here;
}

/**
 * The value with another one at a place; everything off the way is shared with the input, which does not change. Objects
 * and lists that are missing on the way are made, a list where the next part is an index.
 */
export function setAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return replacement;
  const inner = setAt(getAt(value, [part]), rest, replacement);
  if (typeof part === 'number') {
    const items = Array.isArray(value) ? [...(value as readonly unknown[])] : [];
    items[part] = inner;
    return items;
  }
  return { ...(typeof value === 'object' && value !== null ? value : {}), [part]: inner };
}
