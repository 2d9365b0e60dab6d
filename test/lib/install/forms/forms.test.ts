import {
  argoCdApplications,
  chartReleases,
  fluxReleases,
  fromOperator,
  installManifests,
  istioOperator,
  resolveInstall,
  sailResources,
  specOfOptions,
  type InstallSpec,
  type MeshOptions,
} from '../../../../lib/install';
import type { IssueError } from '../../../../lib/findings';
import type { KubeObject } from '../../../../lib/manifest';
import { pairwise } from '../option-values';
import { refusals } from '../render';

/** The ConfigMap that only records which settings there were: each form has its own way to say them. */
const isRecord = ({ kind, metadata }: KubeObject): boolean =>
  kind === 'ConfigMap' && /^values(-|$)/.test(metadata.name);

/** Kubernetes settings put variables first, the chart puts them among its own. */
function withSortedVariables(object: KubeObject): unknown {
  return JSON.parse(JSON.stringify(object), (key, value: unknown) =>
    key === 'env' && Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)).sort() : value,
  );
}

const objectsOf = (spec: InstallSpec): KubeObject[] =>
  installManifests(resolveInstall(spec))
    .map(({ object }) => object)
    .filter((object) => !isRecord(object) && object.kind !== 'CustomResourceDefinition');
const specOf = (options: MeshOptions): InstallSpec => specOfOptions(options);

/** What the charts of the releases become, as far as this project makes them itself. */
function renderedByCharts(options: MeshOptions): Record<string, unknown> {
  const releases = chartReleases(specOf(options));
  return Object.fromEntries(
    releases.flatMap(({ chart, values, namespace }) => {
      if (chart === 'gateway' || chart === 'base') return [];
      const { revision, profile, compatibilityVersion, ...rest } = values as Record<string, unknown>;
      const name = chart === 'istiod' ? 'pilot' : chart;
      // The chart of ztunnel has its settings at the top.
      const { global, platform, ...own } = rest;
      const given = chart === 'ztunnel' ? { global, platform, ztunnel: own } : rest;
      const spec = {
        profile: 'empty',
        ...(typeof revision === 'string' ? { revision } : {}),
        ...(typeof compatibilityVersion === 'string' ? { compatibilityVersion } : {}),
        components: { [name]: { enabled: true, namespace } },
        values: { ...(profile === undefined ? {} : { profile }), ...given },
      };
      return objectsOf(spec as unknown as InstallSpec).map((object) => [
        `${object.kind} ${object.metadata.namespace ?? ''} ${object.metadata.name}`,
        withSortedVariables(object),
      ]);
    }),
  );
}

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

describe('an IstioOperator object', () => {
  test('makes the objects it comes from, for every pair of options', () => {
    let differ = 0;
    for (const row of pairwise()) {
      const spec = specOf(row);
      let operator: KubeObject;
      try {
        operator = istioOperator(spec);
      } catch (error) {
        expect((error as IssueError).issues).toMatchObject([{ code: 'not-expressible' }]);
        differ++;
        continue;
      }
      expect(objectsOf(fromOperator([JSON.parse(JSON.stringify(operator))]))).toEqual(objectsOf(spec));
    }
    expect(differ).toBeLessThan(pairwise().length / 2);
  });

  test('says hub and tag, so that another istioctl installs the same', () => {
    expect(istioOperator(specOf({})).spec).toMatchObject({ hub: 'docker.io/istio', tag: '1.30.3' });
  });

  test('refuses gateways of one kind with settings of their own', () => {
    const spec = specOf({ ingress: [{ name: 'one', replicas: 1 }, { name: 'two' }] });
    expect(refusals(() => istioOperator(spec))).toMatchObject([{ code: 'not-expressible' }]);
  });
});

describe('resources of the Sail operator', () => {
  test('are the control plane, its tags and the node agents', () => {
    const resources = sailResources(
      specOf({ profile: 'ambient', revision: 'blue', tags: ['prod'], namespace: 'mesh' }),
    );
    expect(resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Istio blue',
      'IstioRevisionTag prod',
      'IstioCNI default',
      'ZTunnel default',
    ]);
    expect(resources[0]!.spec).toMatchObject({ version: 'v1.30.3', namespace: 'mesh', profile: 'ambient' });
    expect(resources[1]!.spec).toEqual({ targetRef: { kind: 'Istio', name: 'blue' } });
  });
});
