import { displayRef, type ObjectRef } from '../findings';
import { groupOf, identityOf, refOf, type KubeObject } from '../manifest';
import { canonical } from './canonical';
import { isEqual, itemName } from '../json';

/** One place in which an object differs. */
export interface FieldChange {
  /** Path in the object; items of lists by name where they have one: `spec.subsets[v2].labels.version`. */
  readonly at: string;
  /** Absent where the field is new. */
  readonly before?: unknown;
  /** Absent where the field is gone. */
  readonly after?: unknown;
}

/** One object that is not the same on both sides. */
export interface ObjectDiff {
  readonly change: 'added' | 'removed' | 'changed';
  readonly object: ObjectRef;
  /** Path of the construct that made it, where one is known. */
  readonly origin?: string;
  /** What differs; empty for objects that are on one side only. */
  readonly fields: readonly FieldChange[];
}

/** All objects that differ, and how many do not. */
export interface Diff {
  readonly objects: readonly ObjectDiff[];
  readonly same: number;
}

/** One side of a comparison: objects, and where they came from. */
export interface DiffSide {
  readonly objects: readonly KubeObject[];
  /** Construct paths by `identityOf(ref)`. */
  readonly origins?: ReadonlyMap<string, string>;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The items of a list by name, or nothing where they have none or share one. */
function byName(list: readonly unknown[]): Map<string, unknown> | undefined {
  const named = new Map<string, unknown>();
  for (const item of list) {
    const name = itemName(item);
    if (name === undefined || named.has(name)) return undefined;
    named.set(name, item);
  }
  return named;
}

/** One step of a path: a key, the index of an item, or an item by its name. */
type Step = string | number | { readonly item: string };

interface Change {
  readonly path: readonly Step[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** Set where items of a list only changed places. */
  readonly isOrder?: true;
}

function textOf(path: readonly Step[]): string {
  return path.reduce<string>((at, step) => {
    if (typeof step === 'number') return `${at}[${step}]`;
    if (typeof step === 'object') return `${at}[${step.item}]`;
    if (!/^[A-Za-z0-9_-]+$/.test(step)) return `${at}[${JSON.stringify(step)}]`;
    return at === '' ? step : `${at}.${step}`;
  }, '');
}

/** What an object holds at a path. */
function valueAt(value: unknown, path: readonly Step[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'string')
    return isFields(value) && Object.hasOwn(value, step) ? valueAt(value[step], rest) : undefined;
  if (!Array.isArray(value)) return undefined;
  const list = value as readonly unknown[];
  return valueAt(typeof step === 'number' ? list[step] : list.find((item) => itemName(item) === step.item), rest);
}

function listChanges(before: readonly unknown[], after: readonly unknown[], path: readonly Step[]): Change[] {
  const [old, now] = [byName(before), byName(after)];
  if (old !== undefined && now !== undefined && old.size > 0 && now.size > 0) {
    const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap((item): Change[] => {
      const inner = [...path, { item }];
      if (!now.has(item)) return [{ path: inner, before: old.get(item) }];
      if (!old.has(item)) return [{ path: inner, after: now.get(item) }];
      return fieldChanges(old.get(item), now.get(item), inner);
    });
    const kept = (from: Iterable<string>, other: ReadonlyMap<string, unknown>): string[] =>
      [...from].filter((name) => other.has(name));
    if (isEqual(kept(old.keys(), now), kept(now.keys(), old))) return changes;
    return [...changes, { path, before: [...old.keys()], after: [...now.keys()], isOrder: true }];
  }
  let start = 0;
  while (start < before.length && start < after.length && isEqual(before[start], after[start])) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    isEqual(before[before.length - 1 - end], after[after.length - 1 - end])
  ) {
    end++;
  }
  const [oldEnd, newEnd] = [before.length - end, after.length - end];
  const changes: Change[] = [];
  for (let i = start; i < Math.max(oldEnd, newEnd); i++) {
    if (i >= newEnd) changes.push({ path: [...path, i], before: before[i] });
    else if (i >= oldEnd) changes.push({ path: [...path, i], after: after[i] });
    else changes.push(...fieldChanges(before[i], after[i], [...path, i]));
  }
  return changes;
}

function fieldChanges(before: unknown, after: unknown, path: readonly Step[]): Change[] {
  if (isEqual(before, after)) return [];
  if (isFields(before) && isFields(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key): Change[] => {
      const inner = [...path, key];
      if (!Object.hasOwn(after, key)) return [{ path: inner, before: before[key] }];
      if (!Object.hasOwn(before, key)) return [{ path: inner, after: after[key] }];
      return fieldChanges(before[key], after[key], inner);
    });
  }
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  return [{ path, before, after }];
}

/** The fields two versions of an object differ in; a default that was written out is shown as it was written. */
function changesOf(was: KubeObject, is: KubeObject): FieldChange[] {
  return fieldChanges(canonical(was), canonical(is), []).map((change) => {
    const { path, isOrder } = change;
    if (isOrder === true) return { at: `${textOf(path)} (order)`, before: change.before, after: change.after };
    const isByName = path.every((step) => typeof step !== 'number');
    const before = 'before' in change ? change.before : isByName ? valueAt(was, path) : undefined;
    const after = 'after' in change ? change.after : isByName ? valueAt(is, path) : undefined;
    return {
      at: textOf(path),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    };
  });
}

/** Values of a Secret are not for reports; that they differ is. */
function withoutSecrets(object: KubeObject, changes: readonly FieldChange[]): FieldChange[] {
  if (object.kind !== 'Secret' || groupOf(object.apiVersion) !== '') return [...changes];
  return changes.map((change) => {
    if (!/^(data|stringData)\b/.test(change.at)) return change;
    return {
      at: change.at,
      ...('before' in change ? { before: '(secret)' } : {}),
      ...('after' in change ? { after: '(another secret)' } : {}),
    };
  });
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * What differs between two sets of objects, by meaning: objects that say the same in other words are the same. Objects
 * are told apart by group, kind, namespace and name.
 */
export function diffObjects(before: DiffSide, after: DiffSide): Diff {
  const old = new Map(before.objects.map((object) => [identityOf(refOf(object)), object]));
  const now = new Map(after.objects.map((object) => [identityOf(refOf(object)), object]));
  const objects: ObjectDiff[] = [];
  let same = 0;
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(id), now.get(id)];
    const present = is ?? was;
    if (present === undefined) continue;
    const fields =
      was === undefined || is === undefined || isEqual(was, is) ? [] : withoutSecrets(is, changesOf(was, is));
    if (was !== undefined && is !== undefined && fields.length === 0) {
      same++;
      continue;
    }
    const origin = after.origins?.get(id) ?? before.origins?.get(id);
    objects.push({
      change: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed',
      object: refOf(present),
      ...(origin === undefined ? {} : { origin }),
      fields,
    });
  }
  const key = ({ object }: ObjectDiff): string =>
    `${object.namespace ?? ''}\u0000${displayRef(object)}\u0000${object.apiVersion}`;
  return { objects: objects.sort((a, b) => compareText(key(a), key(b))), same };
}
