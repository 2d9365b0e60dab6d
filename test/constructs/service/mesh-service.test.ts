import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Canary,
  HeaderRoute,
  header,
  MeshApp,
  MeshChart,
  MeshService,
  PeerAuthentication,
  VirtualService,
} from 'istio-constructs';
import type { KubeObject } from '../../../lib/manifest';
import { testMesh } from '../../support/mesh';

function synth(build: (shop: MeshChart, app: MeshApp) => void): KubeObject[] {
  const app = new MeshApp();
  build(new MeshChart(app, 'shop', { mesh: testMesh() }), app);
  return app.check().manifests.map(({ object }) => object);
}

const find = (objects: readonly KubeObject[], kind: string, name: string): KubeObject =>
  objects.find((object) => object.kind === kind && object.metadata.name === name)!;

test('all defaults: a Service, a ServiceAccount and a Deployment, and nothing that only repeats a default', () => {
  const objects = synth((shop) => new MeshService(shop, 'web', { port: 80, versions: { v1: { image: 'web:1' } } }));
  expect(objects.filter(({ kind }) => kind !== 'Namespace')).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web', service: 'web' } },
      spec: { ports: [{ name: 'http', port: 80, appProtocol: 'http' }], selector: { app: 'web' } },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web-v1', namespace: 'shop', labels: { app: 'web', version: 'v1' } },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web', version: 'v1' } },
        template: {
          metadata: { labels: { app: 'web', version: 'v1' } },
          spec: {
            containers: [
              {
                name: 'web',
                image: 'web:1',
                imagePullPolicy: 'IfNotPresent',
                ports: [{ containerPort: 80, name: 'http' }],
              },
            ],
            serviceAccountName: 'web',
          },
        },
      },
    },
  ]);
});

test('all options', () => {
  const objects = synth((shop) => {
    new MeshService(shop, 'web', {
      name: 'site',
      ports: [
        { port: 80, targetPort: 8080 },
        { port: 90, protocol: 'grpc', name: 'grpc-admin' },
        { port: 53, protocol: 'udp' },
      ],
      serviceAccountName: 'site-account',
      labels: { team: 'a' },
      annotations: { note: 'b' },
      headless: true,
      defaultVersion: 'v2',
      versions: {
        v1: { image: 'site:1', replicas: 'autoscaled' },
        v2: {
          image: 'site:2',
          replicas: 3,
          env: { A: 'b', NODE: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME) },
          command: ['/site'],
          args: ['--fast'],
          imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
          resources: { cpu: { request: kplus.Cpu.millis(10) } },
          readiness: kplus.Probe.fromHttpGet('/ready', { port: 8080 }),
          liveness: kplus.Probe.fromTcpSocket({ port: 8080 }),
          startup: kplus.Probe.fromCommand(['true']),
          emptyDirs: { tmp: '/tmp', cache: { path: '/cache', medium: 'Memory' } },
          configMaps: { settings: '/etc/site' },
          securityContext: { user: 1000, ensureNonRoot: true },
          podSecurityContext: { group: 2000 },
          capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
          seccompProfile: 'RuntimeDefault',
          sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
          nodeSelector: { disk: 'ssd' },
          podLabels: { tier: 'web' },
          podAnnotations: { owner: 'me' },
        },
      },
    });
  });
  expect(find(objects, 'Service', 'site')).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'site',
      namespace: 'shop',
      labels: { app: 'site', service: 'site', team: 'a' },
      annotations: { note: 'b' },
    },
    spec: {
      clusterIP: 'None',
      ports: [
        { name: 'http-80', port: 80, targetPort: 8080, appProtocol: 'http' },
        { name: 'grpc-admin', port: 90, appProtocol: 'grpc' },
        { name: 'udp-53', port: 53, protocol: 'UDP' },
      ],
      selector: { app: 'site' },
    },
  });
  expect(find(objects, 'Deployment', 'site-v1')['spec']).not.toHaveProperty('replicas');
  const { template } = find(objects, 'Deployment', 'site-v2')['spec'] as {
    template: { metadata: object; spec: object };
  };
  expect(template.metadata).toEqual({
    labels: { app: 'site', version: 'v2', tier: 'web' },
    annotations: { owner: 'me' },
  });
  expect(template.spec).toMatchObject({
    serviceAccountName: 'site-account',
    nodeSelector: { disk: 'ssd' },
    securityContext: {
      seccompProfile: { type: 'RuntimeDefault' },
      sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
      runAsGroup: 2000,
    },
    containers: [
      {
        command: ['/site'],
        args: ['--fast'],
        imagePullPolicy: 'Always',
        resources: { requests: { cpu: '10m' } },
        securityContext: {
          runAsUser: 1000,
          runAsNonRoot: true,
          capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
        },
        volumeMounts: [
          { mountPath: '/tmp', name: 'tmp' },
          { mountPath: '/cache', name: 'cache' },
          { mountPath: '/etc/site', name: 'settings' },
        ],
      },
    ],
  });
  expect(find(objects, 'VirtualService', 'site')['spec']).toMatchObject({
    http: [
      { match: [{ port: 80 }], route: [{ destination: { subset: 'v2', port: { number: 80 } } }] },
      { match: [{ port: 90 }], route: [{ destination: { subset: 'v2', port: { number: 90 } } }] },
    ],
  });
});

test('several ports may lead to one port of the pods, which stands there once', () => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  new MeshService(chart, 'web', {
    ports: [
      { port: 80, targetPort: 8080 },
      { port: 8080 },
      { port: 53, protocol: 'tcp' },
      { port: 53, protocol: 'udp' },
    ],
    versions: { v1: { image: 'web:1' } },
  });
  const objects = Testing.synth(chart) as KubeObject[];
  expect(objects.find(({ kind }) => kind === 'Deployment')).toHaveProperty('spec.template.spec.containers.0.ports', [
    { containerPort: 8080, name: 'http-80' },
    { containerPort: 53, name: 'tcp-53' },
    { containerPort: 53, name: 'udp-53', protocol: 'UDP' },
  ]);
  expect(objects.find(({ kind }) => kind === 'Service')).toHaveProperty('spec.ports.length', 4);
});

test('the principal is the account of the service in the trust domain of the mesh', () => {
  const app = new MeshApp();
  const shop = new MeshChart(app, 'shop', {
    mesh: testMesh({ trustDomain: 'td.example', clusterDomain: 'cluster.example' }),
  });
  const web = new MeshService(shop, 'web', { port: 80, versions: { v1: { image: 'x' } } });
  expect(web.principal).toBe('td.example/ns/shop/sa/web');
  expect(web.host).toBe('web.shop.svc.cluster.example');
});

test('moving a service to another construct changes no byte', () => {
  const build = (isNested: boolean): KubeObject[] =>
    synth((shop) => {
      const scope = isNested ? new kplus.Namespace(shop, 'elsewhere') : shop;
      new MeshService(scope, 'web', { port: 80, versions: { v1: { image: 'x', emptyDirs: { tmp: '/tmp' } } } });
    }).filter(({ kind }) => kind !== 'Namespace');
  expect(build(true)).toEqual(build(false));
});

test('what a user patches reaches the output', () => {
  const objects = synth((shop) => {
    const web = new MeshService(shop, 'web', { port: 80, versions: { v1: { image: 'x' } } });
    web.deployment('v1').containers[0]!.env.addVariable('LATER', kplus.EnvValue.fromValue('yes'));
    web.service.metadata.addAnnotation('later', 'yes');
    web.virtualService.metadata.addLabel('asked', 'for');
  });
  expect(JSON.stringify(find(objects, 'Deployment', 'web-v1'))).toContain('"LATER"');
  expect(find(objects, 'Service', 'web').metadata.annotations).toEqual({ later: 'yes' });
  expect(find(objects, 'VirtualService', 'web')).toMatchObject({
    metadata: { labels: { asked: 'for' } },
    spec: { http: [{ route: [{ destination: { host: 'web.shop.svc.cluster.local', port: { number: 80 } } }] }] },
  });
});

test('network policies of cdk8s-plus select the pods by labels that stay', () => {
  const objects = synth((shop) => {
    const web = new MeshService(shop, 'web', { port: 80, versions: { v1: { image: 'x' } } });
    const db = new MeshService(shop, 'db', { port: 1, protocol: 'tcp', versions: { v1: { image: 'y' } } });
    web.deployment('v1').connections.allowTo(db.deployment('v1'));
  });
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  expect(policies.length).toBeGreaterThan(0);
  expect(JSON.stringify(policies)).not.toContain('metadata.addr');
  expect(JSON.stringify(policies)).toContain('"app":"db","version":"v1"');
});

describe('services that exist already', () => {
  test('a cdk8s-plus Service gives its name, namespace and ports, its Deployments their versions', () => {
    const objects = synth((shop) => {
      const service = new kplus.Service(shop, 'svc', {
        metadata: { name: 'legacy' },
        ports: [{ name: 'grpc-api', port: 9000 }],
      });
      const v1 = new kplus.Deployment(shop, 'old', {
        replicas: 2,
        podMetadata: { labels: { app: 'legacy', version: 'one' } },
        containers: [{ image: 'x' }],
      });
      const legacy = MeshService.of(service, { versions: { v1, v2: { labels: { version: 'two' } } } });
      new Canary(shop, 'canary', { service: legacy, stable: 'v1', candidate: 'v2', percent: 1 });
    });
    expect(find(objects, 'DestinationRule', 'legacy')['spec']).toEqual({
      host: 'legacy.shop.svc.cluster.local',
      subsets: [
        { name: 'v1', labels: { version: 'one' } },
        { name: 'v2', labels: { version: 'two' } },
      ],
    });
    expect(JSON.stringify(find(objects, 'VirtualService', 'legacy'))).toContain('"port":{"number":9000}');
  });

  test('a named service is where it says, and two names for one host are one owner', () => {
    const objects = synth((shop) => {
      const first = MeshService.named('ratings', { namespace: 'books', port: 80, versions: ['v1', 'v2'] });
      const second = MeshService.named('ratings', { namespace: 'books', port: 80, versions: ['v1', 'v2'] });
      new Canary(shop, 'canary', { service: first, stable: 'v1', candidate: 'v2', percent: 5 });
      new HeaderRoute(shop, 'route', { service: second, match: header('x').exact('y'), to: 'v2' });
    });
    const routes = objects.filter(({ kind }) => kind === 'VirtualService');
    expect(routes.map(({ metadata }) => `${metadata.namespace!}/${metadata.name}`)).toEqual(['books/ratings']);
    expect((routes[0]!['spec'] as { http: unknown[] }).http).toHaveLength(2);
  });

  test('a version that was not declared does not compile', () => {
    const app = Testing.app();
    const shop = new Chart(app, 'shop', { namespace: 'shop' });
    const ratings = MeshService.named('ratings', { port: 80, versions: ['v1'] });
    // @ts-expect-error there is no v2
    new HeaderRoute(shop, 'route', { service: ratings, match: header('x').exact('y'), to: 'v2' });
    expect(() => Testing.synth(shop)).toThrow('ratings has no version "v2"');
  });
});

test('a kind is an instance of its own class only', () => {
  const chart = new Chart(new App(), 'c', { namespace: 'n' });
  const policy = new PeerAuthentication(chart, 'p', { spec: {} });
  expect(policy).toBeInstanceOf(PeerAuthentication);
  expect(policy).not.toBeInstanceOf(VirtualService);
});
