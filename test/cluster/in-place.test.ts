import { identityOf, refOf, type KubeObject } from '../../lib/manifest';
import { applyAll, deleteAll, nameOf } from './apply-all';
import type { Client } from './client';
import { installCrds } from './install-crds';
import { istioCrds } from './istio-crds';
import { onCluster, withClient } from './on-cluster';
import { shop, type ShopOptions } from './programs/shop';
import { synthesize } from './synthesize';

/** What a change does to a running mesh, by the names of the objects. */
interface Effect {
  readonly trouble: readonly string[];
  /** Updated in place. */
  readonly changed: readonly string[];
  readonly made: readonly string[];
  /** No longer part of the output; pruned by whoever applies. */
  readonly removed: readonly string[];
  /** The same name, but another object: it was gone for a moment. */
  readonly recreated: readonly string[];
}

onCluster('a change of a running mesh', () => {
  const client = withClient();
  const crds = istioCrds();
  const before = synthesize((outdir) => shop(outdir));

  beforeAll(async () => {
    await installCrds(client(), crds);
  });
  beforeEach(async () => {
    expect(await applyAll(client(), before)).toEqual([]);
  });
  afterEach(async () => {
    await deleteAll(client(), before);
  });
  afterAll(async () => {
    await deleteAll(client(), crds);
  });

  const change = (options: ShopOptions): Promise<Effect> =>
    effectOf(
      client(),
      before,
      synthesize((outdir) => shop(outdir, options)),
    );
  const nothing = { trouble: [], changed: [], made: [], removed: [], recreated: [] };

  test('moving constructs deeper into the tree changes nothing at all', async () => {
    expect(await change({ isMoved: true })).toEqual(nothing);
  });

  test('the weight of a canary changes the routes of its host in place, inside the mesh and at the gateway', async () => {
    expect(await change({ percent: 50 })).toEqual({
      ...nothing,
      changed: ['VirtualService istio-ingress/edge-reviews.example.com', 'VirtualService shop/reviews'],
    });
  });

  test('the number of pods changes the Deployment in place', async () => {
    expect(await change({ replicas: 5 })).toEqual({ ...nothing, changed: ['Deployment shop/reviews-v2'] });
  });

  test('switching from blue to green changes routes in place', async () => {
    const effect = await change({ live: 'green' });
    expect(effect).toEqual({ ...nothing, changed: effect.changed });
    expect(effect.changed).toContain('VirtualService shop/cart');
    expect(effect.changed.filter((name) => !name.startsWith('VirtualService'))).toEqual([]);
  });

  test('renaming a version exchanges its Deployment; what carries traffic is updated in place', async () => {
    expect(await change({ candidate: 'v3' })).toEqual({
      ...nothing,
      changed: [
        'DestinationRule shop/reviews',
        'VirtualService istio-ingress/edge-reviews.example.com',
        'VirtualService shop/reviews',
      ],
      made: ['Deployment shop/reviews-v3'],
      removed: ['Deployment shop/reviews-v2'],
    });
  });
});

async function effectOf(client: Client, before: readonly KubeObject[], after: readonly KubeObject[]): Promise<Effect> {
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
  return { trouble, changed: changed.sort(), made, removed: removed.map(nameOf), recreated };
}

function keyOf(object: KubeObject): string {
  return identityOf(refOf(object));
}
