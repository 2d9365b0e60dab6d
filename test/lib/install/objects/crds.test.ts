import { ISTIO_KINDS } from '../../../../lib/api';
import { installManifests, resolveInstall, specOfOptions, type MeshOptions } from '../../../../lib/install';
import { names, render, renderOperator } from '../render';

const crds = (options: MeshOptions = {}): string[] =>
  names(render(options)).filter((name) => name.startsWith('CustomResourceDefinition'));

describe('the CRDs of an install', () => {
  test('are those of every kind, in a phase of their own', () => {
    const expected = Object.values(ISTIO_KINDS).map(
      ({ group, plural }) => `CustomResourceDefinition ${plural}.${group}`,
    );
    expect(crds()).toEqual(expected);
    expect(expected).toHaveLength(15);
    const manifests = installManifests(resolveInstall(specOfOptions({})));
    expect(manifests.filter(({ phase }) => phase === 'crd').map(({ object }) => object.kind)).toEqual(
      expected.map(() => 'CustomResourceDefinition'),
    );
  });

  test('may be left to somebody else: all of them, or some', () => {
    expect(crds({ crds: false })).toEqual([]);
    expect(crds({ values: { base: { enableCRDTemplates: false } } })).toEqual([]);
    expect(crds({ values: { base: { excludedCRDs: ['telemetries.telemetry.istio.io'] } } })).toHaveLength(14);
    expect(crds({ components: { base: { enabled: false } } })).toEqual([]);
  });

  test('belong to the admin of the cluster, where installs are split', () => {
    expect(crds({ values: { global: { resourceScope: 'cluster' } } })).toHaveLength(15);
    expect(crds({ values: { global: { resourceScope: 'namespace' } } })).toEqual([]);
  });

  test('never go below the API of this version, so that an older control plane leaves them to a newer one', () => {
    const of = (tag: string) => render({ tag }).filter((object) => object.kind === 'CustomResourceDefinition');
    expect(of('1.29.6')).toEqual(of('1.30.3'));
    expect(of('1.31.1')).not.toEqual(of('1.30.3'));
    expect(of('2.0.0-dev')).toEqual(of('1.30.3'));
  });

  test('are told apart from what others put into the cluster', () => {
    const [first] = renderOperator({}).filter((object) => object.kind === 'CustomResourceDefinition');
    expect(first!.metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'istio' });
  });
});
