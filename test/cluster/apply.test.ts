import { identityOf, refOf, type KubeObject } from '../../lib/manifest';
import { applyAll, changesByApplyingAgain, deleteAll, nameOf } from './apply-all';
import { standInCrds } from './foreign-crds';
import { ensureCrds } from './install-crds';
import { istioCrds } from './istio-crds';
import { KNOWN_WARNINGS } from './known-behaviour';
import { onCluster, withClient } from './on-cluster';
import { PROGRAMS } from './programs';
import { synthesize } from './synthesize';

onCluster('the output of', () => {
  const client = withClient();
  const outputs = PROGRAMS.map(([name, program]): readonly [string, KubeObject[]] => [name, synthesize(program)]);
  const foreign = standInCrds(outputs.flatMap(([, objects]) => objects));
  const base = [...istioCrds(), ...foreign];
  // Stacks for a mesh that runs already find its namespace; those that bring a mesh bring their own.
  const rootNamespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'istio-system' } };
  afterAll(async () => {
    await deleteAll(client(), [...base, rootNamespace]);
  });

  describe.each(outputs)('%s', (_, objects) => {
    test('is applied in order with nothing refused and nothing warned of', async () => {
      const own = new Set(objects.map((object) => identityOf(refOf(object))));
      await ensureCrds(
        client(),
        base.filter((crd) => !own.has(identityOf(refOf(crd)))),
      );
      if (!own.has(identityOf(refOf(rootNamespace)))) await client().apply(rootNamespace);
      expect(objects.length).toBeGreaterThan(0);
      expect(await applyAll(client(), objects)).toEqual([]);
    });

    test('changes nothing when it is applied again', async () => {
      expect(await changesByApplyingAgain(client(), objects)).toEqual([]);
    });

    test('is deleted in reverse', async () => {
      await deleteAll(client(), objects);
      const left: string[] = [];
      for (const object of objects) {
        if (await client().exists(object)) left.push(nameOf(object));
      }
      expect(left).toEqual([]);
    });
  });

  test('the warnings that are known are about objects that are there', () => {
    const names = new Set(
      outputs.flatMap(([, objects]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)),
    );
    expect(Object.keys(KNOWN_WARNINGS).filter((name) => !names.has(name))).toEqual([]);
  });
});
