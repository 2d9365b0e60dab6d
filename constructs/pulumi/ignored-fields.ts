import { ownedFieldsOf, type OwnedField } from '../../lib/gitops';
import type { KubeObject } from '../../lib/manifest';

/** True where something stands at the path; `*` is any item of a list. */
function isSet(value: unknown, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return value !== undefined;
  if (key === '*') return Array.isArray(value) && value.some((item) => isSet(item, rest));
  if (typeof value !== 'object' || value === null) return false;
  return isSet((value as Readonly<Record<string, unknown>>)[key], rest);
}

/** A path as Pulumi's `ignoreChanges` takes it. */
function pathText(path: readonly string[]): string {
  return path.map((key, index) => (/^\w+$/.test(key) ? `${index === 0 ? '' : '.'}${key}` : `["${key}"]`)).join('');
}

/**
 * What of an object is not ours to keep, for `ignoreChanges`.
 *
 * A field that the object does not set is not ours anyway. One inside a list means the whole list: lists in Istio's kinds
 * have one owner, and a path into a list would only hide the difference in the preview, while the update still sends it.
 */
export function ignoredFields(owned: readonly OwnedField[], object: KubeObject): string[] {
  const paths = ownedFieldsOf(owned, object)
    .filter((field) => isSet(object, field.path))
    .map(({ path }) => pathText(path.includes('*') ? path.slice(0, path.indexOf('*')) : path));
  return [...new Set(paths)].sort();
}
