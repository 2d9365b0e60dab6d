import { formatPath, type Path, type PathPart } from './path';

/**
 * A place on the way down into a value, as a step and the place above it. Extending it costs one small object, whatever
 * its depth; it becomes a path only where something is found.
 */
export interface Place {
  readonly above: Place | undefined;
  readonly part: PathPart;
}

/** The place at the end of these steps from the root. */
export function placeOf(first: PathPart, ...more: readonly PathPart[]): Place {
  return more.reduce<Place>((above, part) => ({ above, part }), { above: undefined, part: first });
}

/** The place so many steps below another one. */
export function below(above: Place, part: PathPart, second?: PathPart, third?: PathPart): Place {
  const one: Place = { above, part };
  if (second === undefined) return one;
  const two: Place = { above: one, part: second };
  return third === undefined ? two : { above: two, part: third };
}

/** The steps from the root to a place. */
export function pathOf(place: Place): Path {
  const path: PathPart[] = [];
  for (let one: Place | undefined = place; one !== undefined; one = one.above) path.push(one.part);
  return path.reverse();
}

/** The place as people read it. */
export function formatPlace(place: Place): string {
  return formatPath(pathOf(place));
}
