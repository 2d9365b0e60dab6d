import type { KindFacts, ObjectShape } from '../shape';
import type { ReadCrds } from './read-crds';

/** What another release has instead; null is what it lacks. */
export interface ReleaseDifference {
  readonly kinds: Readonly<Record<string, KindFacts | null>>;
  readonly shapes: Readonly<Record<string, ObjectShape | null>>;
}

function differences<T>(
  base: Readonly<Record<string, T>>,
  other: Readonly<Record<string, T>>,
): Record<string, T | null> {
  const found: Record<string, T | null> = {};
  for (const name of [...new Set([...Object.keys(base), ...Object.keys(other)])].sort()) {
    const value = other[name];
    if (JSON.stringify(value) !== JSON.stringify(base[name])) found[name] = value ?? null;
  }
  return found;
}

/** How `other` differs from `base`, object by object. */
export function releaseDifference(base: ReadCrds, other: ReadCrds): ReleaseDifference {
  return { kinds: differences(base.kinds, other.kinds), shapes: differences(base.shapes, other.shapes) };
}

/**
 * The objects of all releases together, which is what the TypeScript types offer; `since` and `until` say where a field
 * is not in the base release.
 */
export function unionOfShapes(releases: readonly ReadCrds[]): Record<string, ObjectShape> {
  const union: Record<string, ObjectShape> = {};
  for (const { shapes } of releases) {
    for (const [name, shape] of Object.entries(shapes)) {
      const known = union[name];
      if (known === undefined) {
        union[name] = shape;
        continue;
      }
      const fields = { ...shape.fields, ...known.fields };
      for (const [field, value] of Object.entries(shape.fields)) {
        const knownField = known.fields[field];
        if (value.type === 'string' && value.enum && knownField?.type === 'string' && knownField.enum) {
          fields[field] = { ...knownField, enum: [...new Set([...knownField.enum, ...value.enum])] };
        }
      }
      union[name] = {
        ...known,
        fields: Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))),
      };
    }
  }
  return Object.fromEntries(Object.entries(union).sort(([a], [b]) => (a < b ? -1 : 1)));
}
