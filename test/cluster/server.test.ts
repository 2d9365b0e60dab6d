import { onCluster, withClient } from './on-cluster';

onCluster('the API server of the lane', () => {
  const client = withClient();

  test('applies, keeps what is applied again as it is, and deletes', async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lane-itself', labels: { a: 'b' } } };
    const first = await client().apply(namespace);
    expect(first).toMatchObject({ status: 201, warnings: [] });
    const again = await client().apply(namespace);
    expect(again.status).toBe(200);
    expect(again.body.metadata?.['resourceVersion']).toBe(first.body.metadata?.['resourceVersion']);
    await client().delete(namespace);
    expect((await client().get(namespace)).status).toBe(404);
  });

  test('refuses a field that the API does not know', async () => {
    const answer = await client().apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'typo', namespace: 'default' },
      spec: { ports: [{ port: 80 }], selektor: { app: 'a' } },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.message).toContain('selektor');
  });

  test('hands on what the server warns of', async () => {
    const answer = await client().apply(
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'old-manners', namespace: 'default' },
        spec: { ports: [{ port: 80 }], selector: { app: 'a' }, externalIPs: ['010.0.0.1'] },
      },
      { dryRun: true },
    );
    expect(answer.warnings.join()).toContain('010.0.0.1');
  });
});
