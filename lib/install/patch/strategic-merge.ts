import { isTree, type Tree } from '../../json';

/**
 * Lists whose items are told apart by a field, so that a patch changes items instead of replacing the list.
 * https://kubernetes.io/docs/reference/generated/kubernetes-api/ names it "patch merge key".
 */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  imagePullSecrets: 'name',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  secrets: 'name',
};

/** The merge key of a list by its name and what it is in: ports of a container and of a Service differ. */
function mergeKeyOf(name: string, items: readonly unknown[]): string | undefined {
  if (name === 'ports') return items.some((item) => isTree(item) && 'containerPort' in item) ? 'containerPort' : 'port';
  return MERGE_KEYS[name];
}

/** The items of the patch that were there already keep their places; new ones go before what follows them. */
function inOrder(
  merged: ReadonlyMap<unknown, unknown>,
  patchKeys: readonly unknown[],
  baseKeys: readonly unknown[],
): unknown[] {
  const left = baseKeys.filter((key) => merged.has(key) && !patchKeys.includes(key));
  const right = patchKeys.filter((key) => merged.has(key));
  const result: unknown[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const place = baseKeys.indexOf(right[j]);
    const takesLeft = j >= right.length || (i < left.length && place >= 0 && baseKeys.indexOf(left[i]) < place);
    result.push(merged.get(takesLeft ? left[i++] : right[j++]));
  }
  return result;
}

function mergeList(base: readonly unknown[], patch: readonly unknown[], key: string): unknown[] {
  if (patch.some((item) => isTree(item) && item.$patch === 'replace' && Object.keys(item).length === 1)) {
    return patch.filter((item) => !(isTree(item) && item.$patch === 'replace'));
  }
  const keyOf = (item: unknown): unknown => (isTree(item) ? item[key] : item);
  const merged = new Map(base.map((item) => [keyOf(item), item]));
  for (const item of patch) {
    const below = merged.get(keyOf(item));
    if (isTree(item) && item.$patch === 'delete') merged.delete(keyOf(item));
    else merged.set(keyOf(item), isTree(item) && isTree(below) ? strategicMerge(below, item) : item);
  }
  return inOrder(merged, patch.map(keyOf), base.map(keyOf));
}

/**
 * `patch` on `base` as the API server's strategic merge patch does it: maps are merged, null removes, lists are replaced
 * or, where their items have a key, merged item by item; `$patch: delete` and `$patch: replace` are understood.
 * https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */
export function strategicMerge(base: Tree, patch: Tree): Tree {
  if (patch.$patch === 'replace') {
    return Object.fromEntries(Object.entries(patch).filter(([key]) => key !== '$patch'));
  }
  if (patch.$patch === 'delete') return {};
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    const below = base[name];
    if (value === undefined) continue;
    if (value === null) Reflect.deleteProperty(result, name);
    else if (isTree(value)) result[name] = strategicMerge(isTree(below) ? below : {}, value);
    else if (Array.isArray(value) && Array.isArray(below)) {
      const key = mergeKeyOf(name, [...(below as unknown[]), ...(value as unknown[])]);
      result[name] = key === undefined ? value : mergeList(below, value, key);
    } else result[name] = value;
  }
  return result;
}
