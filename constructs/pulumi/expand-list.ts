import { refOf, type KubeObject } from '../../lib/manifest';
import type { Issue } from '../../lib/findings';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The objects inside an object of kind List (or `ConfigMapList` and the like), any depth; other objects are themselves. The
 * API server has no resource of kind List: kubectl takes such an object apart, and so must whoever stands in its place.
 */
export function expandList(object: KubeObject, path: string): { objects: KubeObject[]; issues: Issue[] } {
  if (!object.kind.endsWith('List') || !('items' in object)) return { objects: [object], issues: [] };
  const items: unknown = object.items;
  const refuse = (at: string, message: string): { objects: KubeObject[]; issues: Issue[] } => ({
    objects: [],
    issues: [
      {
        code: 'list-item',
        severity: 'error',
        message,
        object: refOf(object),
        origin: path,
        at,
        fix: 'write the objects of the list out, each with apiVersion, kind and metadata.name',
      },
    ],
  });
  if (!Array.isArray(items)) return refuse('items', 'the items of a List must be objects that are known');
  const found = items.map((item: unknown, index) => {
    const whole: Record<string, unknown> = {
      apiVersion: object.apiVersion,
      kind: object.kind.slice(0, -'List'.length),
      ...(isObject(item) ? item : {}),
    };
    const { kind, metadata } = whole;
    const isNamed = isObject(metadata) && typeof metadata.name === 'string';
    if (typeof kind !== 'string' || kind === '' || (!isNamed && !('items' in whole)))
      return refuse(`items[${index}]`, 'an item of a List is not an object with a kind and a name');
    return expandList(whole as unknown as KubeObject, path);
  });
  return { objects: found.flatMap((one) => one.objects), issues: found.flatMap((one) => one.issues) };
}
