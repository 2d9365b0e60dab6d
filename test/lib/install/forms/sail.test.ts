import { sailResources } from '../../../../lib/install';
import { specOf } from './rendered-by-charts';

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
