import {
  installWarnings,
  meshSettings,
  PROFILES,
  resolveInstall,
  specOfOptions,
  type MeshOptions,
  type MeshSettings,
} from '../../../../lib/install';
import { injectionLabel } from '../../../../lib/install/resolve/mesh-ref';
import { container, jsonIn, names, one, refusals, render } from '../render';

const settingsOf = (options: MeshOptions): MeshSettings => meshSettings(resolveInstall(specOfOptions(options)));
const workloads = (options: MeshOptions): string[] =>
  names(render(options)).filter((name) => /^(Deployment|DaemonSet) /.test(name));

describe('a profile', () => {
  test.each([
    ['default', ['Deployment istiod', 'Deployment istio-ingressgateway']],
    ['demo', ['Deployment istiod', 'Deployment istio-ingressgateway', 'Deployment istio-egressgateway']],
    ['minimal', ['Deployment istiod']],
    ['empty', []],
    ['ambient', ['Deployment istiod', 'DaemonSet istio-cni-node', 'DaemonSet ztunnel']],
    ['openshift', ['Deployment istiod', 'DaemonSet istio-cni-node', 'Deployment istio-ingressgateway']],
    ['openshift-ambient', ['Deployment istiod', 'DaemonSet istio-cni-node', 'DaemonSet ztunnel']],
  ] as const)('%s brings its workloads', (profile, expected) => {
    expect(workloads({ profile })).toEqual(expected);
  });

  test.each(Object.keys(PROFILES))('%s renders', (profile) => {
    expect(() => render({ profile: profile as 'default' })).not.toThrow();
  });

  test('demo logs accesses and traces every request', () => {
    expect(settingsOf({ profile: 'demo' }).meshConfig).toMatchObject({ accessLogFile: '/dev/stdout' });
    expect(container(render({ profile: 'demo' }), 'Deployment', 'istiod').env).toContainEqual({
      name: 'PILOT_TRACE_SAMPLING',
      value: '100',
    });
  });

  test('is overruled by every option', () => {
    expect(workloads({ profile: 'demo', ingress: false, egress: false })).toEqual(['Deployment istiod']);
    expect(workloads({ profile: 'minimal', cni: true })).toEqual(['Deployment istiod', 'DaemonSet istio-cni-node']);
    expect(settingsOf({ profile: 'demo', meshConfig: { accessLogFile: '' } }).meshConfig).toMatchObject({
      accessLogFile: '',
    });
  });

  test('stable admits only stable features, by a policy in the cluster', () => {
    expect(names(render({ profile: 'stable' }))).toContain(
      'ValidatingAdmissionPolicy stable-channel-policy-istio-system.istio.io',
    );
    expect(names(render()).filter((name) => name.startsWith('ValidatingAdmissionPolicy'))).toEqual([]);
  });
});

describe('a platform', () => {
  test('says where its nodes keep CNI plugins', () => {
    const volumes = (platform: MeshOptions['platform']) =>
      one(render({ cni: true, ...(platform === undefined ? {} : { platform }) }), 'DaemonSet', 'istio-cni-node').spec!
        .template!.spec!.volumes as unknown as readonly {
        readonly name: string;
        readonly hostPath?: { readonly path: string };
      }[];
    const path = (platform: MeshOptions['platform'], name: string) =>
      volumes(platform).find((volume) => volume.name === name)!.hostPath!.path;
    expect(path(undefined, 'cni-bin-dir')).toBe('/opt/cni/bin');
    expect(path('openshift', 'cni-bin-dir')).toBe('/var/lib/cni/bin');
    expect(path('k3s', 'cni-net-dir')).toBe('/var/lib/rancher/k3s/agent/etc/cni/net.d');
    expect(path('microk8s', 'cni-net-dir')).toBe('/var/snap/microk8s/current/args/cni-network');
  });

  test('GKE needs to be told where its nodes keep plugins, and says so', () => {
    const warningsOf = (options: MeshOptions) => installWarnings(resolveInstall(specOfOptions(options)));
    expect(warningsOf({ platform: 'gke', cni: true })).toMatchObject([{ code: 'cni-directory', severity: 'warning' }]);
    expect(warningsOf({ platform: 'gke', cni: { binDir: '/home/kubernetes/bin' } })).toEqual([]);
    expect(warningsOf({ platform: 'gke' })).toEqual([]);
  });

  test('gives way to what the options say', () => {
    const objects = render({ platform: 'gke', cni: { binDir: '/mine' } });
    expect(JSON.stringify(one(objects, 'DaemonSet', 'istio-cni-node'))).toContain('"path":"/mine"');
  });
});

describe('a compatibility version', () => {
  const env = (options: MeshOptions) => container(render(options), 'Deployment', 'istiod').env;

  test('turns newer behaviour off, older versions more of it', () => {
    const count = (options: MeshOptions): number => (env(options) as unknown as unknown[]).length;
    expect(count({ compatibilityVersion: '1.29' })).toBeGreaterThan(count({}));
    expect(count({ compatibilityVersion: '1.25' })).toBeGreaterThanOrEqual(count({ compatibilityVersion: '1.29' }));
  });

  test('gives way to what the options say', () => {
    const [name] = (env({ compatibilityVersion: '1.29' }) as unknown as { readonly name: string }[])
      .map((entry) => entry.name)
      .filter((entry) => !JSON.stringify(env({})).includes(`"${entry}"`));
    expect(name).toBeDefined();
    expect(env({ compatibilityVersion: '1.29', pilot: { env: { [name!]: 'mine' } } })).toContainEqual({
      name,
      value: 'mine',
    });
  });
});

describe('what others know of a mesh', () => {
  test('by default', () => {
    expect(settingsOf({})).toMatchObject({
      namespace: 'istio-system',
      rootNamespace: 'istio-system',
      revision: 'default',
      tags: [],
      trustDomain: 'cluster.local',
      clusterDomain: 'cluster.local',
      dataPlane: 'sidecar',
      cni: false,
      hub: 'docker.io/istio',
      tag: '1.30.3',
      istioVersion: '1.30.3',
      extensionProviders: [],
      gateways: [
        {
          name: 'istio-ingressgateway',
          namespace: 'istio-system',
          kind: 'ingress',
          labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
        },
      ],
    });
  });

  test('with everything changed', () => {
    const settings = settingsOf({
      profile: 'ambient',
      namespace: 'mesh',
      revision: 'blue',
      tags: ['prod'],
      hub: 'h',
      tag: '1.29.6-distroless',
      clusterDomain: 'c.example',
      meshConfig: {
        trustDomain: 't',
        rootNamespace: 'r',
        extensionProviders: [{ name: 'p', zipkin: { service: 's', port: 1 } }],
      },
    });
    expect(settings).toMatchObject({
      namespace: 'mesh',
      rootNamespace: 'r',
      revision: 'blue',
      tags: ['prod'],
      trustDomain: 't',
      clusterDomain: 'c.example',
      dataPlane: 'ambient',
      cni: true,
      hub: 'h',
      tag: '1.29.6-distroless',
      istioVersion: '1.29.6',
      extensionProviders: ['p'],
      gateways: [],
    });
    expect(injectionLabel(settings)).toEqual({ key: 'istio.io/dataplane-mode', value: 'ambient' });
    expect(injectionLabel(settings, { via: 'prod' })).toEqual({ key: 'istio.io/rev', value: 'prod' });
  });

  test('is what the injector reads', () => {
    const options: MeshOptions = { revision: 'blue', proxy: { logLevel: 'debug' } };
    expect(settingsOf(options).values).toEqual(jsonIn(render(options), 'istio-sidecar-injector-blue', 'values'));
  });

  test('refuses a tag that the mesh does not have', () => {
    expect(() => injectionLabel(settingsOf({ tags: ['prod'] }), { via: 'production' })).toThrow(/"prod"/);
  });
});

describe('options', () => {
  test('refuse settings that do not exist, by their place', () => {
    const values = { pilot: { replicaCounts: 3 } } as unknown as NonNullable<MeshOptions['values']>;
    expect(refusals(() => specOfOptions({ values }))).toMatchObject([{ at: 'spec.values.pilot.replicaCounts' }]);
  });

  test('are typed', () => {
    // @ts-expect-error there is no such profile
    expect(refusals(() => render({ profile: 'defualt' }))).toHaveLength(1);
    // @ts-expect-error the setting has another name
    expect(refusals(() => render({ values: { pilot: { replicaCounts: 3 } } }))).toHaveLength(1);
    expect(refusals(() => render({ meshConfig: { outboundTrafficPolicy: { mode: 'ALL' } } }))).toHaveLength(1);
  });
});
