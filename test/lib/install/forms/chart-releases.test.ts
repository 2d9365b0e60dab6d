import { chartReleases, sailResources, type MeshOptions } from '../../../../lib/install';
import { pairwise } from '../option-values';
import { refusals } from '../render';
import { withSortedVariables, objectsOf, specOf, renderedByCharts } from './rendered-by-charts';

describe('Helm values', () => {
  test.each([
    {},
    { profile: 'ambient', namespace: 'mesh-system', revision: 'blue', tags: ['prod'] },
    { profile: 'demo', hub: 'h', tag: '1.29.6', networkPolicies: true, imagePullSecrets: ['pull'] },
    { profile: 'openshift-ambient', compatibilityVersion: '1.28', multiCluster: { network: 'n', clusterName: 'c' } },
    {
      profile: 'minimal',
      pilot: { replicas: 2, k8s: { resources: { requests: { cpu: '7' } }, nodeSelector: { disk: 'ssd' } } },
    },
  ] satisfies MeshOptions[])('are the settings that make the same objects: %j', (options) => {
    const charts = renderedByCharts(options);
    const native = objectsOf(specOf(options)).filter(
      ({ metadata }) => !/gateway|istio-reader-service/.test(metadata.name),
    );
    for (const object of native) {
      expect(charts).toHaveProperty(
        [`${object.kind} ${object.metadata.namespace ?? ''} ${object.metadata.name}`],
        withSortedVariables(object),
      );
    }
    expect(native.length).toBeGreaterThan(10);
  });

  test('come in the order in which the charts need each other', () => {
    const releases = chartReleases(specOf({ profile: 'ambient', ingress: true, revision: 'blue' }));
    expect(releases.map(({ name, chart, order }) => [name, chart, order])).toEqual([
      ['istio-base', 'base', 0],
      ['istiod-blue', 'istiod', 1],
      ['istio-cni', 'cni', 2],
      ['ztunnel', 'ztunnel', 3],
      ['istio-ingressgateway', 'gateway', 4],
    ]);
    expect(new Set(releases.map(({ version }) => version))).toEqual(new Set(['1.30.3']));
  });

  test('exist for every pair of options, or say what has none', () => {
    for (const row of pairwise()) {
      const issues = refusals(() => [...chartReleases(specOf(row)), ...sailResources(specOf(row))]);
      expect(issues.filter(({ code }) => code !== 'no-chart-value')).toEqual([]);
    }
  });

  test('refuses Kubernetes settings that the chart has no value for', () => {
    const spec = specOf({ pilot: { k8s: { priorityClassName: 'x', overlays: [] } } });
    expect(refusals(() => chartReleases(spec)).map(({ at }) => at)).toEqual([
      'components.pilot.k8s.overlays',
      'components.pilot.k8s.priorityClassName',
    ]);
  });
});
