import { ISTIO_RELEASES } from '../../lib/api';
import type { KubeObject } from '../../lib/manifest';
import { missingOracle, officialCrds, recordedCases, suiteCases, NAMESPACE, type Case } from './corpus';
import { deleteAll } from './apply-all';
import { installCrds } from './install-crds';
import { istioCrds } from './istio-crds';
import { onCluster, withClient } from './on-cluster';
import { fieldsOf } from './schema-fields';
import { verdictsOf, type Verdict } from './verdicts';

if (missingOracle !== undefined) process.stdout.write(`skipped: ${missingOracle}\n`);
const against = missingOracle === undefined ? onCluster : describe.skip;

const files: readonly (readonly [string, readonly Case[]])[] = [...recordedCases(), ...suiteCases()];

onCluster('our definitions', () => {
  const client = withClient();
  const crds = istioCrds();
  afterAll(async () => {
    await deleteAll(client(), crds);
  });

  test('are accepted without a warning and established, all fifteen', async () => {
    expect(crds).toHaveLength(15);
    await installCrds(client(), crds);
  });

  test.each(ISTIO_RELEASES)('of release %s are accepted without a warning', async (release) => {
    const answers = await Promise.all(istioCrds(release).map((crd) => client().apply(crd, { dryRun: true })));
    expect(answers.map(({ status, warnings, body }) => (status < 300 ? warnings : body.message)).flat()).toEqual([]);
  });

  test('describe every field, as the server tells it', async () => {
    const bare: string[] = [];
    for (const crd of crds) {
      const { body } = await client().get(crd);
      const fields = fieldsOf(body as unknown as KubeObject);
      expect(fields.size).toBeGreaterThan(3);
      for (const [path, description] of fields) {
        // The server itself describes these three.
        if (/^[^.]+\.(apiVersion|kind|metadata)$/.test(path)) continue;
        if ((description ?? '').trim() === '') bare.push(`${crd.metadata.name} ${path}`);
      }
    }
    expect(bare).toEqual([]);
  });

  test('are described by the server’s own schema of the API, which kubectl explain reads', async () => {
    const { body } = await client().request('GET', '/openapi/v3/apis/networking.istio.io/v1');
    const { schemas } = body['components'] as { schemas: Record<string, { properties?: Record<string, unknown> }> };
    const spec = schemas['io.istio.networking.v1.VirtualService']?.properties?.['spec'];
    expect(spec).toMatchObject({
      description: expect.any(String),
      properties: { http: { description: expect.any(String) } },
    });
  });
});

against('custom resource definitions', () => {
  const client = withClient();
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  let official: ReadonlyMap<string, ReadonlyMap<string, Verdict>>;
  let ours: ReadonlyMap<string, ReadonlyMap<string, Verdict>>;

  beforeAll(async () => {
    await client().apply(namespace);
    official = await verdictsUnder(officialCrds('1.30.3'));
    ours = await verdictsUnder(istioCrds());
  });
  afterAll(async () => {
    await client().delete(namespace);
  });

  /** The verdicts of every file while these definitions, and no others, are installed. */
  async function verdictsUnder(
    crds: readonly KubeObject[],
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, Verdict>>> {
    await installCrds(client(), crds);
    const verdicts = new Map<string, ReadonlyMap<string, Verdict>>();
    for (const [file, cases] of files) verdicts.set(file, await verdictsOf(client(), crds, cases));
    await Promise.all(crds.map((crd) => client().delete(crd)));
    return verdicts;
  }

  test.each(files)('the official ones judge %s as was recorded', (file, cases) => {
    const verdicts = official.get(file);
    const different = cases.filter(({ id, isAccepted, because }) => {
      const verdict = verdicts?.get(id);
      return verdict?.isAccepted !== isAccepted || (because !== undefined && !verdict.message.includes(because));
    });
    expect(different.map(({ id }) => `${id}: ${verdicts?.get(id)?.message}`)).toEqual([]);
  });

  test('rules that are left out are found out by the verdicts', async () => {
    const without = await verdictsUnder(istioCrds().map(withoutRules));
    const different = files.flatMap(([file, cases]) =>
      cases.filter(({ id }) => without.get(file)?.get(id)?.isAccepted !== official.get(file)?.get(id)?.isAccepted),
    );
    expect(different.length).toBeGreaterThan(100);
  });

  test.each(files)('ours judge %s as the official ones do', (file, cases) => {
    const different = cases.flatMap(({ id }) => {
      const [theirs, own] = [official.get(file)?.get(id), ours.get(file)?.get(id)];
      if (theirs !== undefined && theirs.isAccepted === own?.isAccepted) return [];
      return [`${id}: ours ${said(own)}; theirs ${said(theirs)}`];
    });
    expect(different).toEqual([]);
  });
});

function withoutRules(crd: KubeObject): KubeObject {
  return JSON.parse(
    JSON.stringify(crd, (key, value: unknown) => (key === 'x-kubernetes-validations' ? undefined : value)),
  ) as KubeObject;
}

function said(verdict: Verdict | undefined): string {
  return verdict?.isAccepted === true ? 'accept it' : `say: ${verdict?.message}`;
}
