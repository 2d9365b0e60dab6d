import { displayRef, type Issue } from '../findings';
import { isLate, isOutputText } from '../json';
import { identityOf, refOf, type Manifest } from './manifest';

const originOf = ({ origin }: Manifest): { origin?: string } => (origin === undefined ? {} : { origin });

/** Objects that are made twice: in a cluster, the one would overwrite the other. Both constructs are named. */
export function duplicateObjects(manifests: readonly Manifest[]): Issue[] {
  const first = new Map<string, Manifest>();
  const issues: Issue[] = [];
  for (const manifest of manifests) {
    const object = refOf(manifest.object);
    const key = identityOf(object);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, manifest);
      continue;
    }
    issues.push({
      code: 'duplicate-object',
      severity: 'error',
      message: `${displayRef(object)} is made twice: by [${earlier.origin ?? ''}] and by [${manifest.origin ?? ''}]`,
      object,
      ...originOf(manifest),
      related: [{ message: 'the other one', ...originOf(earlier) }],
      fix: 'give one of them another name or namespace, or make it once',
    });
  }
  return issues;
}

const FIX = 'build the construct inside a MeshStack of istio-constructs/pulumi, or pass a plain value';

/** Places of late values, and of what is left of lost ones, in output where nobody puts the real value in. */
export function unresolvedLateValues(manifest: Manifest): Issue[] {
  const issues: Issue[] = [];
  const add = (at: string, message: string): void => {
    const object = refOf(manifest.object);
    issues.push({
      code: 'unresolved-late-value',
      severity: 'error',
      message,
      object,
      ...originOf(manifest),
      at,
      fix: FIX,
    });
  };
  const lookAtText = (text: string, at: string): void => {
    if (isLate(text)) {
      add(at, 'a late value (a Pulumi Output) reached plain output, where nothing can put the real value in');
    } else if (isOutputText(text)) {
      add(at, 'a Pulumi Output was made into a text, which gives an error message instead of its value');
    }
  };
  const look = (value: unknown, at: string): void => {
    if (typeof value === 'string') lookAtText(value, at);
    else if (Array.isArray(value)) {
      value.forEach((item, index) => {
        look(item, `${at}[${index}]`);
      });
    } else if (value !== null && typeof value === 'object') {
      for (const key of Object.keys(value)) {
        const inside = at === '' ? key : `${at}.${key}`;
        lookAtText(key, inside);
        look((value as Record<string, unknown>)[key], inside);
      }
    }
  };
  look(manifest.object, '');
  return issues;
}
