import type { Json, JsonObject } from './json';
import { shapeOf, type FieldShape } from './workload-schema';

/** True for a JSON object: neither null nor a list nor a scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A patch that cannot be merged, and where it stands. */
export class MergeError extends Error {}

/** What frozen values are without nulls: they are shared between patches, so they come again. */
const cleaned = new WeakMap<object, Json>();

/** Drops nulls of an addition: in a patch they only say what to remove. */
function withoutNulls(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (!Object.isFrozen(value)) return clean(value);
  let known = cleaned.get(value);
  if (known === undefined) cleaned.set(value, (known = clean(value)));
  return known;
}

function clean(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNulls);
  if (!isObject(value)) return value;
  const result: Record<string, Json> = {};
  for (const key in value) {
    const item = value[key];
    if (item !== null && item !== undefined && key !== '$patch' && key !== '$retainKeys') {
      result[key] = withoutNulls(item);
    }
  }
  return Object.isFrozen(value) ? Object.freeze(result) : result;
}

function mergeObjects(original: JsonObject, patch: JsonObject, type: string | undefined, at: string): JsonObject {
  const directive = patch['$patch'];
  if (directive === 'replace') return withoutNulls(patch) as JsonObject;
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge') {
    throw new MergeError(`$patch of ${at} is ${JSON.stringify(directive)}, and must be merge, replace or delete`);
  }
  const shapes = shapeOf(type);
  const retained = retainedKeys(patch, at);
  const result: Record<string, Json> = {};
  for (const key in original) {
    const value = original[key];
    const isRetained = retained === undefined || retained.includes(key);
    if (value !== undefined && patch[key] !== null && isRetained) result[key] = value;
  }
  for (const key in patch) {
    const value = patch[key];
    if (value === undefined || value === null || key.startsWith('$')) continue;
    const before = result[key];
    if (before === undefined || before === null) {
      if (Array.isArray(value) || isObject(value)) result[key] = withoutNulls(value);
      else result[key] = value;
    } else if (isObject(value) && isObject(before)) {
      const shape = shapes?.get(key);
      result[key] =
        shape?.isReplaced === true ? withoutNulls(value) : mergeObjects(before, value, shape?.type, `${at}.${key}`);
    } else if (Array.isArray(value) && Array.isArray(before)) {
      result[key] = mergeLists(before as readonly Json[], value as readonly Json[], shapes?.get(key), `${at}.${key}`);
    } else {
      result[key] = Array.isArray(value) || isObject(value) ? withoutNulls(value) : value;
    }
  }
  return result;
}

/** The only fields that stay, where the patch says which: all that it sets are among them. */
function retainedKeys(patch: JsonObject, at: string): readonly Json[] | undefined {
  const retained = patch['$retainKeys'];
  if (retained === undefined) return undefined;
  if (!Array.isArray(retained)) throw new MergeError(`$retainKeys of ${at} must be a list of fields`);
  const keys: readonly Json[] = retained;
  for (const key in patch) {
    const isSet = patch[key] !== null && patch[key] !== undefined && !key.startsWith('$');
    if (isSet && !keys.includes(key))
      throw new MergeError(`$retainKeys of ${at} must name ${key}, which the patch sets`);
  }
  return keys;
}

function keyOf(item: Json, mergeKey: string, at: string): Json {
  const key = isObject(item) ? item[mergeKey] : undefined;
  if (key === undefined || key === null) {
    throw new MergeError(`an item of ${at} has no ${mergeKey}, by which the items are told apart`);
  }
  return key;
}

/**
 * Two lists of objects that are told apart by `mergeKey`. Items of the patch come in the patch's order; those that only
 * the original has stay before the first item of the patch that followed them in the original, else come last.
 */
function mergeLists(
  original: readonly Json[],
  patch: readonly Json[],
  shape: FieldShape | undefined,
  at: string,
): readonly Json[] {
  const mergeKey = shape?.mergeKey;
  if (mergeKey === undefined) return patch.map(withoutNulls);
  let before = original;
  const additions: Json[] = [];
  for (const item of patch) {
    if (isObject(item) && item['$patch'] === 'replace' && Object.keys(item).length === 1) before = [];
    else if (isObject(item) && item['$patch'] === 'delete') {
      const key = keyOf(item, mergeKey, at);
      before = before.filter((old) => keyOf(old, mergeKey, at) !== key);
    } else additions.push(item);
  }
  const places = new Map<Json, number>();
  for (const [index, item] of before.entries()) {
    const key = keyOf(item, mergeKey, at);
    if (!places.has(key)) places.set(key, index);
  }
  const merged = new Map<Json, Json>();
  for (const item of additions) {
    const key = keyOf(item, mergeKey, at);
    const place = places.get(key);
    const old = merged.get(key) ?? (place === undefined ? undefined : before[place]);
    merged.set(
      key,
      isObject(old) && isObject(item)
        ? mergeObjects(old, item, shape?.type, `${at}[${typeof key === 'string' ? key : JSON.stringify(key)}]`)
        : withoutNulls(item),
    );
  }
  const result: Json[] = [];
  const added = [...merged.entries()];
  let next = 0;
  const only = before.filter((item, index) => {
    const key = keyOf(item, mergeKey, at);
    return !merged.has(key) || places.get(key) !== index;
  });
  for (const item of only) {
    const place = before.indexOf(item);
    for (; next < added.length; next++) {
      const [key, value] = added[next] as [Json, Json];
      const other = places.get(key);
      if (other !== undefined && place < other) break;
      result.push(value);
    }
    result.push(item);
  }
  for (; next < added.length; next++) result.push((added[next] as [Json, Json])[1]);
  return result;
}

/**
 * Merges `patch` onto `original` as the API server merges a strategic merge patch of a workload, a Service or a budget:
 * objects field by field, lists of named things item by item, other lists as wholes; null removes, and `$patch` and
 * `$retainKeys` are obeyed. `type` is the kind of the object. Neither input changes; parts are shared.
 *
 * Source: https://github.com/kubernetes/community/blob/main/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 *
 * @throws MergeError for an item of such a list without its key, and for directives that the API server refuses.
 */
export function strategicMerge(original: JsonObject, patch: JsonObject, type = 'Pod'): JsonObject {
  return mergeObjects(original, patch, type, type.toLowerCase());
}
