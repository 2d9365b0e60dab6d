import {
  gatewayObjects,
  meshGatewayOf,
  meshSettings,
  resolveInstall,
  specOfOptions,
  type MeshOptions,
} from '../../../lib/install';
import type { KubeObject } from '../../../lib/manifest';
import { container, names, one, refusals, render } from './render';

const settingsOf = (options: MeshOptions) => meshSettings(resolveInstall(specOfOptions(options)));
const byName = (objects: readonly KubeObject[]) =>
  Object.fromEntries(objects.map((object) => [names([object])[0]!, object]));

describe('a gateway of its own', () => {
  test.each([
    ['default', {}],
    [
      'with a revision, hub and mesh configuration',
      {
        revision: 'blue',
        hub: 'h',
        tag: '1.29.6',
        clusterDomain: 'c.example',
        imagePullSecrets: ['pull'],
        priorityClassName: 'high',
        meshConfig: { trustDomain: 't', defaultConfig: { proxyMetadata: { A: 'b' } } },
        pilot: { env: { A: 'x' } },
      },
    ],
    ['in several networks', { multiCluster: { meshId: 'm', clusterName: 'c', network: 'n' } }],
    ['with network policies and JSON logs', { networkPolicies: true, values: { global: { logAsJson: true } } }],
  ] satisfies [string, MeshOptions][])('is the one that the install makes: %s', (_name, options) => {
    const installed = render(options).filter((object) => object.metadata.name.startsWith('istio-ingressgateway'));
    const own = gatewayObjects({ name: 'istio-ingressgateway' }, settingsOf(options)).map(({ object }) => object);
    expect(byName(own)).toEqual(byName(installed));
  });

  test('is what its options say', () => {
    const objects = gatewayObjects(
      {
        name: 'edge',
        namespace: 'edge',
        labels: { app: 'edge', tier: 'front' },
        ports: [{ name: 'tcp', port: 9000, targetPort: 9000 }],
        type: 'NodePort',
        serviceAnnotations: { lb: 'internal' },
        externalTrafficPolicy: 'Local',
        loadBalancerIP: '192.0.2.1',
        loadBalancerSourceRanges: ['10.0.0.0/8'],
        replicas: 3,
        resources: { requests: { cpu: '1' } },
        env: { A: 'b' },
        podAnnotations: { note: 'x' },
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ operator: 'Exists' }],
        secretVolumes: [{ name: 's', secretName: 'secret', mountPath: '/s' }],
        k8s: { strategy: { rollingUpdate: { maxSurge: 1 } } },
      },
      settingsOf({}),
    );
    const all = objects.map(({ object }) => object);
    expect(names(all)).not.toContain('HorizontalPodAutoscaler edge');
    expect(one(all, 'Service', 'edge')).toMatchObject({
      metadata: { namespace: 'edge', annotations: { lb: 'internal' } },
      spec: {
        type: 'NodePort',
        externalTrafficPolicy: 'Local',
        loadBalancerIP: '192.0.2.1',
        loadBalancerSourceRanges: ['10.0.0.0/8'],
        selector: { app: 'edge', tier: 'front' },
        ports: [{ name: 'tcp', port: 9000, targetPort: 9000, protocol: 'TCP' }],
      },
    });
    expect(one(all, 'Deployment', 'edge').spec).toMatchObject({
      replicas: 3,
      strategy: { rollingUpdate: { maxSurge: 1 } },
      template: {
        metadata: { annotations: { note: 'x' } },
        spec: { tolerations: [{ operator: 'Exists' }] },
      },
    });
    const affinity = one(all, 'Deployment', 'edge').spec!.template!.spec!.affinity!.nodeAffinity!;
    expect(affinity.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms).toEqual([
      { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] },
    ]);
    const main = container(all, 'Deployment', 'edge');
    expect(main.env).toContainEqual({ name: 'A', value: 'b' });
    expect(main.resources).toMatchObject({ requests: { cpu: '1' } });
    expect(main.volumeMounts).toContainEqual({ name: 's', mountPath: '/s', readOnly: true });
    expect(new Set(objects.map(({ phase }) => phase))).toEqual(new Set(['rbac', 'gateway']));
  });

  test('is known to the mesh by its labels and ports', () => {
    expect(meshGatewayOf({ name: 'istio-edge', kind: 'egress' }, settingsOf({ namespace: 'mesh' }))).toEqual({
      name: 'istio-edge',
      namespace: 'mesh',
      kind: 'egress',
      labels: { app: 'istio-edge', istio: 'edge' },
      ports: [
        { name: 'http2', port: 80, targetPort: 8080 },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
    });
  });

  test('refuses an overlay of an object it does not have', () => {
    const overlays = [{ kind: 'Deployment', name: 'other', patches: [] }];
    expect(refusals(() => gatewayObjects({ name: 'edge', k8s: { overlays } }, settingsOf({})))).toMatchObject([
      { code: 'overlay-without-object' },
    ]);
  });
});
