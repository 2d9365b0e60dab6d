import type { KubeObject } from '../../lib/manifest';
import { missingOracle, officialCrds, recordedCases, suiteCases, NAMESPACE, type Case } from './corpus';
import { installCrds } from './install-crds';
import { onCluster, withClient } from './on-cluster';
import { verdictsOf, type Verdict } from './verdicts';

if (missingOracle !== undefined) process.stdout.write(`skipped: ${missingOracle}\n`);
const against = missingOracle === undefined ? onCluster : describe.skip;

const files: readonly (readonly [string, readonly Case[]])[] = [...recordedCases(), ...suiteCases()];

against('custom resource definitions', () => {
  const client = withClient();
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  let official: ReadonlyMap<string, ReadonlyMap<string, Verdict>>;

  beforeAll(async () => {
    await client().apply(namespace);
    official = await verdictsUnder(officialCrds('1.30.3'));
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
});
