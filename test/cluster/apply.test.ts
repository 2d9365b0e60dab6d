import { identityOf, refOf } from '../../lib/manifest';
import { applyAll, changesByApplyingAgain, deleteAll } from './apply-all';
import { ensureCrds } from './install-crds';
import { istioCrds } from './istio-crds';
import { onCluster, withClient } from './on-cluster';
import { PROGRAMS } from './programs';
import { synthesize } from './synthesize';

onCluster('the output of', () => {
  const client = withClient();
  const base = istioCrds();
  afterAll(async () => {
    await deleteAll(client(), base);
  });

  describe.each(PROGRAMS)('%s', (_, program) => {
    const objects = synthesize(program);

    test('is applied in order with nothing refused and nothing warned of', async () => {
      const own = new Set(objects.map((object) => identityOf(refOf(object))));
      await ensureCrds(
        client(),
        base.filter((crd) => !own.has(identityOf(refOf(crd)))),
      );
      expect(objects.length).toBeGreaterThan(0);
      expect(await applyAll(client(), objects)).toEqual([]);
    });

    test('changes nothing when it is applied again', async () => {
      expect(await changesByApplyingAgain(client(), objects)).toEqual([]);
    });

    test('is deleted in reverse', async () => {
      await deleteAll(client(), objects);
      const answers = await Promise.all(
        objects.map((object) =>
          client()
            .get(object)
            .catch(() => ({ status: 404 })),
        ),
      );
      expect(answers.filter(({ status }) => status !== 404)).toEqual([]);
    });
  });
});
