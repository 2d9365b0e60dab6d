import { applyAll, deleteAll } from './apply-all';
import type { MeshProps } from 'istio-constructs';
import { effectOf, NOTHING, type Effect } from './effect';
import { ensureCrds, installCrds } from './install-crds';
import { istioCrds } from './istio-crds';
import { onCluster, withClient } from './on-cluster';
import { mesh } from './programs/meshes';
import { shop, type ShopOptions } from './programs/shop';
import { synthesize } from './synthesize';

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

  test('moving constructs deeper into the tree changes nothing at all', async () => {
    expect(await change({ isMoved: true })).toEqual(NOTHING);
  });

  test('the weight of a canary changes the routes of its host in place, inside the mesh and at the gateway', async () => {
    expect(await change({ percent: 50 })).toEqual({
      ...NOTHING,
      changed: ['VirtualService istio-ingress/edge-reviews.example.com', 'VirtualService shop/reviews'],
    });
  });

  test('the number of pods changes the Deployment in place', async () => {
    expect(await change({ replicas: 5 })).toEqual({ ...NOTHING, changed: ['Deployment shop/reviews-v2'] });
  });

  test('switching from blue to green changes routes in place', async () => {
    const effect = await change({ live: 'green' });
    expect(effect).toEqual({ ...NOTHING, changed: effect.changed });
    expect(effect.changed).toContain('VirtualService shop/cart');
    expect(effect.changed.filter((name) => !name.startsWith('VirtualService'))).toEqual([]);
  });

  test('renaming a version exchanges its Deployment; what carries traffic is updated in place', async () => {
    expect(await change({ candidate: 'v3' })).toEqual({
      ...NOTHING,
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

onCluster('a change of a mesh', () => {
  const client = withClient();
  const before = synthesize((outdir) => mesh(outdir, { profile: 'default' }));

  beforeAll(async () => {
    await ensureCrds(client(), istioCrds());
    expect(await applyAll(client(), before)).toEqual([]);
  });
  afterAll(async () => {
    await deleteAll(client(), [...istioCrds(), ...before]);
  });
  afterEach(async () => {
    expect(await applyAll(client(), before)).toEqual([]);
  });

  const change = (props: MeshProps): Promise<Effect> =>
    effectOf(
      client(),
      before,
      synthesize((outdir) => mesh(outdir, props)),
    );

  test('another image changes Deployments in place, and removes nothing', async () => {
    const effect = await change({ profile: 'default', tag: '1.30.2', hub: 'mirror.example.com/istio' });
    expect(effect).toEqual({ ...NOTHING, changed: effect.changed });
    expect(effect.changed).toEqual(
      expect.arrayContaining(['Deployment istio-system/istiod', 'Deployment istio-system/istio-ingressgateway']),
    );
  });

  test('the profile demo adds a gateway, takes the autoscalers away and changes the rest in place', async () => {
    const effect = await change({ profile: 'demo' });
    expect(effect).toMatchObject({
      trouble: [],
      removed: [
        'HorizontalPodAutoscaler istio-system/istio-ingressgateway',
        'HorizontalPodAutoscaler istio-system/istiod',
      ],
      recreated: [],
    });
    expect(effect.made).toContain('Deployment istio-system/istio-egressgateway');
  });

  test('a second revision stands beside the first one', async () => {
    const effect = await change({ profile: 'default', revision: 'next', crds: false, ingress: false });
    expect(effect).toMatchObject({ trouble: [], recreated: [] });
    expect(effect.made).toContain('Deployment istio-system/istiod-next');
  });
});
