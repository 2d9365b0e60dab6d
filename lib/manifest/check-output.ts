import { displayRef, found, type Issue } from '../findings';
import { isLate, isOutputText, type Path } from '../json';
import { identityOf, refOf, type Manifest } from './manifest';

/** Objects that are made twice: in a cluster, the one would overwrite the other. Both constructs are named. */
export function duplicateObjects(manifests: readonly Manifest[]): Issue[] {
  const first = new Map<string, Manifest>();
  const issues: Issue[] = [];
  for (const manifest of manifests) {
    const object = refOf(manifest.object);
    if (isLate(object.name) || isLate(object.namespace)) continue;
    const key = identityOf(object);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, manifest);
      continue;
    }
    const facts = { object: displayRef(object), first: earlier.origin ?? '', second: manifest.origin ?? '' };
    const other = earlier.origin === undefined ? {} : { origin: earlier.origin };
    const related = [{ message: 'the other one', ...other }];
    issues.push(found('duplicate-object', facts, { object, origin: manifest.origin, related }));
  }
  return issues;
}

/** Places of late values, and of what is left of lost ones, in output where nobody puts the real value in. */
export function unresolvedLateValues({ object, origin }: Manifest): Issue[] {
  const issues: Issue[] = [];
  const lookAtString = (value: string, at: Path): void => {
    const isString = isOutputText(value);
    if (!isString && !isLate(value)) return;
    issues.push(found('unresolved-late-value', { isString }, { object: refOf(object), origin, at }));
  };
  const look = (value: unknown, at: Path): void => {
    if (typeof value === 'string') lookAtString(value, at);
    else if (Array.isArray(value)) {
      value.forEach((item, index) => {
        look(item, [...at, index]);
      });
    } else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        lookAtString(key, [...at, key]);
        look(inner, [...at, key]);
      }
    }
  };
  look(object, []);
  return issues;
}
