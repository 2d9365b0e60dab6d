import { identityOf, refOf, type KubeObject } from '../../lib/manifest';
import { applyAll, deleteAll, nameOf } from './apply-all';
import type { Client } from './client';

/** What a change does to a running mesh, by the names of the objects. */
export interface Effect {
  readonly trouble: readonly string[];
  /** Updated in place. */
  readonly changed: readonly string[];
  readonly made: readonly string[];
  /** No longer part of the output; pruned by whoever applies. */
  readonly removed: readonly string[];
  /** The same name, but another object: it was gone for a moment. */
  readonly recreated: readonly string[];
}

/** A change that does nothing. */
export const NOTHING: Effect = { trouble: [], changed: [], made: [], removed: [], recreated: [] };

/** Applies `after` to a server that has `before`, removes what is no longer there, and says what became of each object. */
export async function effectOf(
  client: Client,
  before: readonly KubeObject[],
  after: readonly KubeObject[],
): Promise<Effect> {
  const old = new Map<string, Readonly<Record<string, unknown>> | undefined>();
  for (const object of before) old.set(keyOf(object), (await client.get(object)).body.metadata);
  const trouble = await applyAll(client, after);
  const kept = new Set(after.map(keyOf));
  const removed = before.filter((object) => !kept.has(keyOf(object)));
  await deleteAll(client, removed);

  const changed: string[] = [];
  const made: string[] = [];
  const recreated: string[] = [];
  for (const object of after) {
    const was = old.get(keyOf(object));
    const now = (await client.get(object)).body.metadata;
    if (was === undefined) made.push(nameOf(object));
    else if (was['uid'] !== now?.['uid']) recreated.push(nameOf(object));
    else if (was['resourceVersion'] !== now?.['resourceVersion']) changed.push(nameOf(object));
  }
  // Leaves what the next test expects to be able to remove.
  await deleteAll(
    client,
    after.filter((object) => !old.has(keyOf(object))),
  );
  return { trouble, changed: changed.sort(), made, removed: removed.map(nameOf).sort(), recreated };
}

function keyOf(object: KubeObject): string {
  return identityOf(refOf(object));
}
