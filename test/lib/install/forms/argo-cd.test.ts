import { argoCdApplications } from '../../../../lib/install';
import { specOf } from './rendered-by-charts';

describe('Argo CD Applications', () => {
  const applications = argoCdApplications(specOf({ profile: 'ambient' }), { project: 'mesh' });

  test('are the charts in waves, with values as a map', () => {
    expect(
      applications.map(({ metadata, spec }) => [
        metadata.name,
        metadata.annotations!['argocd.argoproj.io/sync-wave'],
        (spec as { source: { chart: string } }).source.chart,
      ]),
    ).toEqual([
      ['istio-base', '0', 'base'],
      ['istiod', '1', 'istiod'],
      ['istio-cni', '2', 'cni'],
      ['ztunnel', '3', 'ztunnel'],
    ]);
    expect(applications[1]!.spec).toMatchObject({
      project: 'mesh',
      source: { targetRevision: '1.30.3', helm: { valuesObject: { profile: 'ambient' } } },
    });
  });

  test('leave alone what istiod writes', () => {
    const { ignoreDifferences } = applications[1]!.spec as { ignoreDifferences: unknown[] };
    expect(ignoreDifferences).toContainEqual({
      group: 'admissionregistration.k8s.io',
      kind: 'ValidatingWebhookConfiguration',
      jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.failurePolicy'],
    });
  });
});
