import { refOf, type KubeObject } from '../../lib/manifest';
import { found, type Issue } from '../../lib/findings';
import type { Path } from '../../lib/json';

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
  const refuse = (at: Path, isList: boolean): { objects: KubeObject[]; issues: Issue[] } => ({
    objects: [],
    issues: [found('list-item', { isList }, { object: refOf(object), origin: path, at })],
  });
  if (!Array.isArray(items)) return refuse(['items'], false);
  const expanded = items.map((item: unknown, index) => {
    const whole: Record<string, unknown> = {
      apiVersion: object.apiVersion,
      kind: object.kind.slice(0, -'List'.length),
      ...(isObject(item) ? item : {}),
    };
    const { kind, metadata } = whole;
    const isNamed = isObject(metadata) && typeof metadata.name === 'string';
    if (typeof kind !== 'string' || kind === '' || (!isNamed && !('items' in whole)))
      return refuse(['items', index], true);
    return expandList(whole as unknown as KubeObject, path);
  });
  return { objects: expanded.flatMap((one) => one.objects), issues: expanded.flatMap((one) => one.issues) };
}
