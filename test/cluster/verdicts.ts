import { groupOf, type KubeObject } from '../../lib/manifest';
import { NAMESPACE, type Case } from './corpus';
import type { Client } from './client';

/** What the API server says of one document. */
export interface Verdict {
  readonly isAccepted: boolean;
  readonly message: string;
}

/** Dry-run creation of every document, strict about unknown fields, many at a time; nothing is stored. */
export async function verdictsOf(
  client: Client,
  crds: readonly KubeObject[],
  cases: readonly Case[],
): Promise<ReadonlyMap<string, Verdict>> {
  const plurals = new Map(crds.map((crd) => [keyOf(crd), pluralOf(crd)]));
  const verdicts = await Promise.all(
    cases.map(async ({ id, object }): Promise<[string, Verdict]> => {
      const plural = plurals.get(`${groupOf(object.apiVersion)}/${object.kind}`);
      if (plural === undefined) throw new Error(`${id}: no definition of ${object.apiVersion} ${object.kind}`);
      const path = `/apis/${object.apiVersion}/namespaces/${NAMESPACE}/${plural}?dryRun=All&fieldValidation=Strict`;
      const { status, body } = await client.request('POST', path, object);
      // Anything else is not a verdict but trouble with the server.
      if (![201, 400, 404, 422].includes(status)) throw new Error(`${id}: ${status} ${body.message}`);
      return [id, { isAccepted: status === 201, message: body.message ?? '' }];
    }),
  );
  return new Map(verdicts);
}

function keyOf(crd: KubeObject): string {
  const { group, names } = crd['spec'] as { group: string; names: { kind: string } };
  return `${group}/${names.kind}`;
}

function pluralOf(crd: KubeObject): string {
  return (crd['spec'] as { names: { plural: string } }).names.plural;
}
