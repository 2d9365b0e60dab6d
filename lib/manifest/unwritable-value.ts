import type { Path } from '../json';
import { hasHalfAPair } from './yaml-scalar';

/** The first value that keeps an object from being written. */
export interface UnwritableValue {
  readonly at: Path;
  readonly got: string;
  readonly fix: string;
}

/** Deeper than any object in a cluster: beyond it a value is taken for one that contains itself. */
export const MAX_DEPTH = 500;

/** Plain data of this or another realm: no class, no Map, no Date. */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** What YAML has no text for, and where: the first such value of a tree, found only after writing has failed. */
export function findUnwritable(value: unknown, at: Path, depth: number): UnwritableValue | undefined {
  if (depth > MAX_DEPTH) {
    return { at, got: `more than ${MAX_DEPTH} levels`, fix: 'Break the cycle: a value must not contain itself.' };
  }
  switch (typeof value) {
    case 'string':
      if (!hasHalfAPair(value)) return undefined;
      return { at, got: 'a string with half a surrogate pair', fix: 'Give well-formed Unicode.' };
    case 'number':
      return Number.isFinite(value) ? undefined : { at, got: String(value), fix: 'Give a finite number.' };
    case 'boolean':
      return undefined;
    case 'undefined':
      return { at, got: 'undefined', fix: 'Leave the field out.' };
    case 'object':
      break;
    default:
      return { at, got: `a ${typeof value}`, fix: 'Give plain data: string, number, boolean, null, list or map.' };
  }
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = findUnwritable(value[i], [...at, i], depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isPlainObject(value)) {
    const name = (value as { constructor?: { name?: string } }).constructor?.name ?? 'a class';
    return { at, got: `an instance of ${name}`, fix: 'Give plain data: string, number, boolean, null, list or map.' };
  }
  for (const key of Object.keys(value).sort()) {
    if (hasHalfAPair(key)) {
      return {
        at: [...at, key],
        got: 'a key with half a surrogate pair',
        fix: 'Give well-formed Unicode.',
      };
    }
    const found = findUnwritable(value[key], [...at, key], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
