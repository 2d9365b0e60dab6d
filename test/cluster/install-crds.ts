import { setTimeout as pause } from 'node:timers/promises';
import type { KubeObject } from '../../lib/manifest';
import type { Client } from './client';

/** Installs those of the definitions that are not there. */
export async function ensureCrds(client: Client, crds: readonly KubeObject[]): Promise<void> {
  const answers = await Promise.all(crds.map((crd) => client.get(crd)));
  await installCrds(
    client,
    crds.filter((_, index) => answers[index]?.status === 404),
  );
}

/** Applies the definitions and waits until the server serves each of them. */
export async function installCrds(client: Client, crds: readonly KubeObject[]): Promise<void> {
  await Promise.all(
    crds.map(async (crd) => {
      const answer = await client.apply(crd);
      if (answer.status >= 300) throw new Error(`${crd.metadata.name}: ${answer.body.message}`);
      if (answer.warnings.length > 0) throw new Error(`${crd.metadata.name}: warning: ${answer.warnings.join('; ')}`);
      await whenEstablished(client, crd);
    }),
  );
  client.forgetKinds();
}

/** Waits until a definition that was applied is established, and served. */
export async function whenEstablished(client: Client, crd: KubeObject): Promise<void> {
  const paths = servedPaths(crd);
  for (const until = Date.now() + 60_000; ; await pause(25)) {
    const { body } = await client.get(crd);
    const conditions = conditionsOf(body);
    if (conditions['NamesAccepted'] === 'False') throw new Error(`${crd.metadata.name}: its names are not accepted`);
    if (conditions['NonStructuralSchema'] === 'True')
      throw new Error(`${crd.metadata.name}: its schema is not structural`);
    if (conditions['Established'] === 'True' && (await areServed(client, paths))) return;
    if (Date.now() > until) throw new Error(`${crd.metadata.name} is not established: ${JSON.stringify(conditions)}`);
  }
}

async function areServed(client: Client, paths: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(paths.map((path) => client.request('GET', `${path}?limit=1`)));
  return answers.every(({ status }) => status === 200);
}

function servedPaths(crd: KubeObject): string[] {
  const { group, names, versions } = crd['spec'] as CrdSpec;
  return versions.filter(({ served }) => served).map(({ name }) => `/apis/${group}/${name}/${names.plural}`);
}

interface CrdSpec {
  readonly group: string;
  readonly names: { readonly plural: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}

function conditionsOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const status = body['status'] as { readonly conditions?: readonly { type: string; status: string }[] } | undefined;
  return Object.fromEntries((status?.conditions ?? []).map(({ type, status: value }) => [type, value]));
}
