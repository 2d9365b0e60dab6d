import { fromOperator } from '../../../../../lib/install';
import { container, jsonIn, names, one, refusals, renderOperator } from '../../render';

const operator = (spec: unknown, rest: object = {}): unknown => ({
  apiVersion: 'install.istio.io/v1alpha1',
  kind: 'IstioOperator',
  spec,
  ...rest,
});
const refused = (spec: unknown, rest: object = {}) => refusals(() => fromOperator([operator(spec, rest)]));

describe('an IstioOperator file', () => {
  test('may be empty, and is then the default profile', () => {
    expect(names(renderOperator({}))).toEqual(names(renderOperator({ profile: 'default' })));
  });

  test('is merged with others in order: maps key by key, lists whole', () => {
    const spec = fromOperator([
      operator({
        hub: 'a',
        meshConfig: { accessLogFile: '/a' },
        components: { ingressGateways: [{ name: 'one' }, { name: 'two' }] },
      }),
      operator({ hub: 'b', meshConfig: { enableTracing: true }, components: { ingressGateways: [{ name: 'three' }] } }),
    ]);
    expect(spec).toMatchObject({
      hub: 'b',
      meshConfig: { accessLogFile: '/a', enableTracing: true },
      components: { ingressGateways: [{ name: 'three' }] },
    });
  });

  test('is overruled by flags, in order, and by a profile', () => {
    const spec = fromOperator([operator({ profile: 'demo', hub: 'a' })], {
      profile: 'minimal',
      set: [
        'hub=b',
        'values.pilot.traceSampling=5',
        'meshConfig.accessLogFile=/x',
        'spec.values.global.logAsJson=true',
      ],
    });
    expect(spec).toEqual({
      profile: 'minimal',
      hub: 'b',
      meshConfig: { accessLogFile: '/x' },
      values: { pilot: { traceSampling: 5 }, global: { logAsJson: true } },
    });
  });

  test('keeps texts texts in flags', () => {
    const spec = fromOperator([], { set: ['revision=130', 'meshConfig.defaultConfig.proxyMetadata.A=1', 'tag=1.30'] });
    expect(spec).toEqual({
      revision: '130',
      tag: '1.30',
      meshConfig: { defaultConfig: { proxyMetadata: { A: '1' } } },
    });
  });

  test('a strategy that retains only its type has no settings of another one', () => {
    const k8s = { strategy: { $retainKeys: ['type'], type: 'Recreate' } };
    const deployment = one(renderOperator({ components: { pilot: { k8s } } }), 'Deployment', 'istiod');
    expect(deployment.spec!.strategy).toEqual({ type: 'Recreate' });
  });

  test('puts the Kubernetes settings of a component where Kubernetes has them', () => {
    const k8s = {
      env: [{ name: 'EXTRA', value: 'x' }],
      resources: { requests: { cpu: '7' } },
      nodeSelector: { disk: 'ssd' },
      hpaSpec: { maxReplicas: 9 },
      replicaCount: 2,
      strategy: { rollingUpdate: { maxSurge: 3 } },
      podAnnotations: { team: 'mesh' },
      serviceAnnotations: { lb: 'no' },
      priorityClassName: 'high',
    };
    const objects = renderOperator({ components: { pilot: { k8s } } });
    const deployment = one(objects, 'Deployment', 'istiod');
    expect(deployment.spec).toMatchObject({
      replicas: 2,
      strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: '25%' } },
    });
    expect(deployment.spec!.template).toMatchObject({
      metadata: { annotations: { team: 'mesh' } },
      spec: { nodeSelector: { disk: 'ssd' }, priorityClassName: 'high' },
    });
    const main = container(objects, 'Deployment', 'istiod');
    expect(main.env).toContainEqual({ name: 'EXTRA', value: 'x' });
    expect(main.env).toContainEqual({ name: 'REVISION', value: 'default' });
    expect(main.resources).toMatchObject({ requests: { cpu: '7', memory: '2048Mi' } });
    expect(one(objects, 'HorizontalPodAutoscaler', 'istiod').spec).toMatchObject({ maxReplicas: 9, minReplicas: 1 });
    expect(one(objects, 'Service', 'istiod').metadata!.annotations).toEqual({ lb: 'no' });
  });

  test('takes overlays last', () => {
    const overlays = [
      {
        kind: 'Deployment',
        name: 'istiod',
        patches: [
          { path: 'spec.template.spec.containers.[name:discovery].args.[-1]', value: '--extra' },
          { path: 'spec.replicas', value: 4 },
          { path: 'spec.template.spec.dnsPolicy', value: 'ClusterFirst' },
        ],
      },
    ];
    const objects = renderOperator({ components: { pilot: { k8s: { replicaCount: 2, overlays } } } });
    expect(one(objects, 'Deployment', 'istiod').spec).toMatchObject({
      replicas: 4,
      template: { spec: { dnsPolicy: 'ClusterFirst' } },
    });
    expect(container(objects, 'Deployment', 'istiod').args).toContain('--extra');
  });

  test('opens the ports that the Service of a gateway is given', () => {
    const ports = [{ name: 'tcp', port: 9000, targetPort: 9000 }];
    const objects = renderOperator({
      components: { ingressGateways: [{ name: 'istio-ingressgateway', enabled: true, k8s: { service: { ports } } }] },
    });
    expect(one(objects, 'Service', 'istio-ingressgateway').spec!.ports).toMatchObject(ports);
    expect(container(objects, 'Deployment', 'istio-ingressgateway').ports).toContainEqual({
      containerPort: 9000,
      protocol: 'TCP',
    });
  });

  test('reaches the injector with every setting of its values', () => {
    const objects = renderOperator({ values: { global: { proxy: { logLevel: 'debug' }, logAsJson: true } } });
    expect(jsonIn(objects, 'istio-sidecar-injector', 'values').global).toMatchObject({
      proxy: { logLevel: 'debug' },
      logAsJson: true,
    });
  });
});

describe('an IstioOperator file that cannot be honoured', () => {
  test.each([
    ['values.global.proxy.loglevel', { values: { global: { proxy: { loglevel: 'debug' } } } }, 'logLevel'],
    ['values.pilot.autoscaleMinimum', { values: { pilot: { autoscaleMinimum: 1 } } }, 'autoscaleMin'],
    ['meshConfig.accessLogFiles', { meshConfig: { accessLogFiles: 'x' } }, 'accessLogFile'],
    ['components.pilots', { components: { pilots: { enabled: true } } }, 'pilot'],
    ['components.pilot.k8s.resource', { components: { pilot: { k8s: { resource: {} } } } }, 'resources'],
    ['hubs', { hubs: 'x' }, 'hub'],
  ])('refuses %s, which does not exist, and names the nearest', (path, spec, nearest) => {
    const [issue, ...others] = refused(spec);
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code: 'unknown-setting', at: `spec.${path}` });
    expect(issue!.message).toContain(`"${nearest}"`);
  });

  test.each([
    ['values.global.proxy.privileged', { values: { global: { proxy: { privileged: 'yes' } } } }],
    ['values.pilot.env', { values: { pilot: { env: ['A=b'] } } }],
    ['meshConfig.enableTracing', { meshConfig: { enableTracing: 'true' } }],
    ['components.pilot.enabled', { components: { pilot: { enabled: 'no' } } }],
    ['revision', { revision: 130 }],
  ])('refuses a value of another kind at %s', (path, spec) => {
    expect(refused(spec)).toMatchObject([{ code: 'setting-type', at: `spec.${path}` }]);
  });

  test.each([
    ['a profile that does not exist', { profile: 'defualt' }, 'default'],
    ['a platform that does not exist', { values: { global: { platform: 'gkee' } } }, 'gke'],
    ['a compatibility version that does not exist', { compatibilityVersion: '1.12' }, '1.25'],
  ])('refuses %s', (_what, spec, nearest) => {
    const issues = refusals(() => renderOperator(spec));
    expect(issues).toHaveLength(1);
    expect(issues[0]!.message).toContain(nearest);
  });

  test.each([
    ['installPackagePath', { installPackagePath: '/charts' }],
    ['addonComponents', { addonComponents: { kiali: { enabled: true } } }],
    ['namespace', { namespace: 'elsewhere' }],
  ])('refuses %s, which would have no effect', (name, spec) => {
    expect(refused(spec)).toMatchObject([{ code: 'unsupported-setting', at: `spec.${name}` }]);
  });

  test('refuses an overlay of an object that the component does not have', () => {
    const overlays = [{ kind: 'Deployment', name: 'istio', patches: [] }];
    const [issue] = refusals(() => renderOperator({ components: { pilot: { k8s: { overlays } } } }));
    expect(issue).toMatchObject({ code: 'overlay-without-object' });
    expect(issue!.message).toContain('Deployment istiod');
  });

  test('refuses an overlay path that leads nowhere', () => {
    const path = 'spec.template.spec.containers.[name:proxy].image';
    const overlays = [{ kind: 'Deployment', name: 'istiod', patches: [{ path, value: 'x' }] }];
    const issues = refusals(() => renderOperator({ components: { pilot: { k8s: { overlays } } } }));
    expect(issues).toMatchObject([
      { code: 'overlay-path', at: 'spec.components.pilot.k8s.overlays[0].patches[0].path' },
    ]);
  });

  test('refuses target ports that only root may open', () => {
    const ports = [{ name: 'http', port: 80, targetPort: 80 }];
    const ingressGateways = [{ name: 'istio-ingressgateway', enabled: true, k8s: { service: { ports } } }];
    expect(refused({ components: { ingressGateways } })).toMatchObject([{ code: 'privileged-port' }]);
    const values = { gateways: { 'istio-ingressgateway': { runAsRoot: true } } };
    expect(refused({ components: { ingressGateways }, values })).toEqual([]);
  });

  test('refuses words, providers, ranges, ports and names that Istio does not take', () => {
    expect(
      refused({
        revision: 'Not a name',
        meshConfig: { outboundTrafficPolicy: { mode: 'ALLOW_ALL' }, extensionProviders: [{ name: 'z', zipkins: {} }] },
        values: { global: { proxy: { includeIPRanges: '10.0.0/8', excludeInboundPorts: '80,http' } } },
      })
        .map((issue) => issue.at)
        .sort(),
    ).toEqual([
      'spec.meshConfig.extensionProviders[0].zipkins',
      'spec.meshConfig.outboundTrafficPolicy.mode',
      'spec.revision',
      'spec.values.global.proxy.excludeInboundPorts',
      'spec.values.global.proxy.includeIPRanges',
    ]);
  });

  test('refuses what is no IstioOperator', () => {
    expect(refused({}, { kind: 'Istio' })).toMatchObject([{ at: 'kind' }]);
    expect(refused({}, { apiVersion: 'v1' })).toMatchObject([{ at: 'apiVersion' }]);
    expect(refused({}, { values: {} })).toMatchObject([{ at: 'values' }]);
    expect(refusals(() => fromOperator(['text']))).toHaveLength(1);
  });

  test('refuses flags without a value or place', () => {
    expect(refusals(() => fromOperator([], { set: ['hub'] }))).toMatchObject([{ code: 'set-flag' }]);
    expect(
      refusals(() => fromOperator([], { set: ['components.ingressGateways.[name:none].enabled=false'] })),
    ).toMatchObject([{ code: 'set-flag' }]);
  });

  test('says everything at once', () => {
    expect(refused({ hubs: 'x', values: { pilots: {} }, meshConfig: { trace: 1 } })).toHaveLength(3);
  });
});
