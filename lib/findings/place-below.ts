import { formatPath, type Path } from '../json';
import type { Issue } from './issue';

/** A finding about a part of an object, as one about the object: its path begins with that of the part. */
export function placeBelow(issue: Issue, prefix: Path): Issue {
  const path = [...prefix, ...(issue.path ?? [])];
  return path.length === 0 ? issue : { ...issue, path, at: formatPath(path) };
}
