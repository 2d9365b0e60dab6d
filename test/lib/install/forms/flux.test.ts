import { fluxReleases } from '../../../../lib/install';
import { specOf } from './rendered-by-charts';

describe('Flux HelmReleases', () => {
  const objects = fluxReleases(specOf({ profile: 'ambient' }));

  test('have a source each and wait for what they need', () => {
    const releases = objects.filter(({ kind }) => kind === 'HelmRelease');
    const waits = releases.map(({ metadata, spec }) => [
      metadata.name,
      ((spec as { dependsOn?: { name: string }[] }).dependsOn ?? []).map(({ name }) => name),
    ]);
    expect(waits).toEqual([
      ['istio-base', []],
      ['istiod', ['istio-base']],
      ['istio-cni', ['istiod']],
      ['ztunnel', ['istio-cni']],
    ]);
    for (const { spec } of releases) {
      const { chartRef } = spec as { chartRef: { kind: string; name: string } };
      const source = objects.find(({ kind, metadata }) => kind === chartRef.kind && metadata.name === chartRef.name);
      expect(source?.spec).toMatchObject({ ref: { tag: '1.30.3' } });
    }
  });

  test('leave alone what istiod writes', () => {
    const istiod = objects.find(({ kind, metadata }) => kind === 'HelmRelease' && metadata.name === 'istiod');
    expect(JSON.stringify(istiod)).toContain('"ignore":[{"paths":["/webhooks"]');
  });
});
