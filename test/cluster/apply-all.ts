import { displayRef } from '../../lib/findings';
import { refOf, type KubeObject } from '../../lib/manifest';
import type { Answer, Client } from './client';
import { isCountedAnew, KNOWN_WARNINGS } from './known-behaviour';
import { whenEstablished } from './install-crds';

const CRD = 'CustomResourceDefinition';

/** Applies objects one after the other, as they come; everything that was refused or warned of, a line each. */
export async function applyAll(client: Client, objects: readonly KubeObject[]): Promise<string[]> {
  const trouble: string[] = [];
  const waiting: KubeObject[] = [];
  for (const object of objects) {
    // Definitions are ready a moment after they are applied; whoever applies by folder waits here, too.
    if (object.kind !== CRD) {
      for (const crd of waiting.splice(0)) await whenEstablished(client, crd);
    }
    const answer = await client.apply(object);
    if (object.kind === CRD && answer.status < 300) {
      waiting.push(object);
      client.forgetKinds();
    }
    trouble.push(...troubleWith(object, answer));
  }
  for (const crd of waiting) await whenEstablished(client, crd);
  return trouble;
}

/**
 * Applies objects that the server has already; those that come out different, a line each.
 *
 * A server of the lane's own has nobody else who writes, so the version of the stored object must stay. Elsewhere
 * controllers write status all the time, and the generation, which counts changes of what is wanted, must stay.
 */
export async function changesByApplyingAgain(client: Client, objects: readonly KubeObject[]): Promise<string[]> {
  const changed: string[] = [];
  for (const object of objects) {
    const before = await client.get(object);
    const after = await client.apply(object);
    changed.push(...troubleWith(object, after));
    const field = client.connection.isBare ? 'resourceVersion' : 'generation';
    const isSame = before.body.metadata?.[field] === after.body.metadata?.[field];
    if (!isSame && !((ownsNothing(before) || isCountedAnew(object)) && contentOf(before) === contentOf(after))) {
      changed.push(`${nameOf(object)} changed`);
    }
  }
  return changed;
}

/** Of an object that is only a name (a bare Namespace) the server starts its books of managers with the second apply. */
function ownsNothing({ body }: Answer): boolean {
  return body.metadata?.['managedFields'] === undefined;
}

function contentOf({ body }: Answer): string {
  const { managedFields: _, resourceVersion: __, generation: ___, ...metadata } = body.metadata ?? {};
  return JSON.stringify({ ...body, metadata });
}

/** Deletes objects in reverse, each gone before the next. */
export async function deleteAll(client: Client, objects: readonly KubeObject[]): Promise<void> {
  for (const object of objects.toReversed()) await client.delete(object);
}

function troubleWith(object: KubeObject, answer: Answer): string[] {
  return [
    ...(answer.status < 300 ? [] : [`${nameOf(object)}: ${answer.status} ${answer.body.message}`]),
    ...answer.warnings
      .filter((warning) => warning !== KNOWN_WARNINGS[`${object.kind} ${object.metadata.name}`])
      .map((warning) => `${nameOf(object)}: warning: ${warning}`),
  ];
}

/** An object's name for people. */
export function nameOf(object: KubeObject): string {
  return displayRef(refOf(object));
}
