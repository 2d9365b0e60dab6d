/** A map of settings before it is known to be well formed. */
export type Tree = Readonly<Record<string, unknown>>;

/** True for a map: no list, no null. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * `base` with `over` on top: maps are merged key by key, everything else, lists and null included, replaces what was
 * there. So do Helm's `mergeOverwrite` and istioctl. Neither input is changed.
 */
export function mergeOver(base: Tree, over: Tree): Tree {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = merged[key];
    merged[key] = isTree(value) && isTree(below) ? mergeOver(below, value) : value;
  }
  return merged;
}

/** Several layers, the last the strongest. */
export function mergeAll(...layers: readonly Tree[]): Tree {
  return layers.reduce(mergeOver, {});
}

/** What is at the end of `path`, or nothing. */
export function valueAt(tree: Tree, path: readonly string[]): unknown {
  let value: unknown = tree;
  for (const key of path) value = isTree(value) ? value[key] : undefined;
  return value;
}

/** The map at the end of `path`; an empty one where there is none. */
export function treeAt(tree: Tree, path: readonly string[]): Tree {
  const value = valueAt(tree, path);
  return isTree(value) ? value : {};
}

/** `tree` with `value` at the end of `path`; maps on the way are made where they are missing. */
export function withValueAt(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [key, ...rest] = path;
  if (key === undefined) return isTree(value) ? value : tree;
  const below = tree[key];
  return { ...tree, [key]: rest.length === 0 ? value : withValueAt(isTree(below) ? below : {}, rest, value) };
}
