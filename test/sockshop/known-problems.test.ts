import { MeshApp, MeshChart } from 'istio-constructs';
import { SockShop, SOCKSHOP_CALLS, SOCKSHOP_SCENARIOS, type SockShopProps } from 'istio-constructs/sockshop';
import type { KubeObject } from '../../lib/manifest';
import { testMesh } from '../support/mesh';

type Json = Record<string, unknown>;

function shop(props: SockShopProps = {}): KubeObject[] {
  const app = new MeshApp();
  new SockShop(new MeshChart(app, 'sock-shop', { mesh: testMesh() }), 'sock-shop', props);
  return app.check().manifests.map(({ object }) => object);
}

function scenario(name: string): KubeObject[] {
  const app = new MeshApp();
  SOCKSHOP_SCENARIOS.find((one) => one.name === name)!.build(new MeshChart(app, 'sock-shop', { mesh: testMesh() }));
  return app.check().manifests.map(({ object }) => object);
}

const SERVICES = [
  'carts',
  'carts-db',
  'catalogue',
  'catalogue-db',
  'front-end',
  'orders',
  'orders-db',
  'payment',
  'queue-master',
  'rabbitmq',
  'session-db',
  'shipping',
  'user',
  'user-db',
];
const PROGRAMS = ['carts', 'catalogue', 'front-end', 'orders', 'payment', 'queue-master', 'shipping', 'user'];

const of = (objects: readonly KubeObject[], kind: string): KubeObject[] =>
  objects.filter((object) => object.kind === kind);
const named = (objects: readonly KubeObject[], kind: string, name: string): KubeObject =>
  of(objects, kind).find(({ metadata }) => metadata.name === name)!;
const spec = (object: KubeObject): Json => object['spec'] as Json;
const template = (object: KubeObject): { metadata: { labels: Json; annotations?: Json }; spec: Json } =>
  spec(object)['template'] as never;
const container = (object: KubeObject): Json => (template(object).spec['containers'] as Json[])[0]!;
const env = (object: KubeObject): Json =>
  Object.fromEntries(
    ((container(object)['env'] ?? []) as Json[]).map(({ name, ...value }) => [
      name,
      value['value'] ?? value['valueFrom'],
    ]),
  );

const objects = shop();
const deployments = of(objects, 'Deployment');

test('all fourteen services are there', () => {
  expect(
    of(objects, 'Service')
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(SERVICES);
  expect(deployments.map(({ metadata }) => metadata.name).sort()).toEqual(SERVICES.map((name) => `${name}-v1`).sort());
});

test('K8S-API: Deployments are apps/v1', () => {
  expect(new Set(deployments.map(({ apiVersion }) => apiVersion))).toEqual(new Set(['apps/v1']));
});

test('K8S-SELECTOR: the selector names app and version, so that versions never share pods', () => {
  for (const deployment of deployments) {
    const { matchLabels } = spec(deployment)['selector'] as { matchLabels: Json };
    expect(Object.keys(matchLabels).sort()).toEqual(['app', 'version']);
    expect(template(deployment).metadata.labels).toMatchObject(matchLabels);
  }
});

test('K8S-NODESELECTOR, IMG-EOL: nodes are chosen by architecture, with the label of today, or not at all', () => {
  for (const deployment of deployments) {
    expect(template(deployment).spec['nodeSelector']).toEqual({ 'kubernetes.io/arch': 'amd64' });
  }
  for (const deployment of of(shop({ amd64Only: false }), 'Deployment')) {
    expect(template(deployment).spec).not.toHaveProperty('nodeSelector');
  }
});

test('IMG-EOL: all images can come from another registry', () => {
  for (const deployment of of(shop({ registry: 'registry.example.com/hub' }), 'Deployment')) {
    expect(container(deployment)['image']).toMatch(/^registry\.example\.com\/hub\//);
  }
});

test('K8S-PSP-CAPS: programs are as the restricted standard asks: ALL dropped, seccomp, no escalation', () => {
  for (const name of PROGRAMS) {
    const deployment = named(objects, 'Deployment', `${name}-v1`);
    const security = container(deployment)['securityContext'] as Json;
    expect((security['capabilities'] as Json)['drop']).toEqual(['ALL']);
    expect(security).toMatchObject({
      allowPrivilegeEscalation: false,
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
    });
    expect((template(deployment).spec['securityContext'] as Json)['seccompProfile']).toEqual({
      type: 'RuntimeDefault',
    });
  }
});

test('K8S-NETBIND: what listens on port 80 keeps NET_BIND_SERVICE and has the sysctl that makes it unneeded', () => {
  for (const name of PROGRAMS.filter((one) => one !== 'front-end')) {
    const deployment = named(objects, 'Deployment', `${name}-v1`);
    expect(((container(deployment)['securityContext'] as Json)['capabilities'] as Json)['add']).toEqual([
      'NET_BIND_SERVICE',
    ]);
    expect((template(deployment).spec['securityContext'] as Json)['sysctls']).toEqual([
      { name: 'net.ipv4.ip_unprivileged_port_start', value: '0' },
    ]);
  }
});

test('IMG-MONGO, IMG-LATEST: every image has a tag, and MongoDB is one the programs can talk to', () => {
  for (const deployment of of(shop({ rabbitmqExporterImage: 'exporter:1' }), 'Deployment')) {
    for (const { image } of template(deployment).spec['containers'] as { image: string }[]) {
      expect(image).toMatch(/:[0-9][-.\w]*$/);
    }
  }
  expect(container(named(objects, 'Deployment', 'carts-db-v1'))['image']).toBe('docker.io/library/mongo:4.4');
  expect(container(named(objects, 'Deployment', 'orders-db-v1'))['image']).toBe('docker.io/library/mongo:4.4');
});

test('IMG-V2: the second version of the front end is a parameter, and absent without it', () => {
  expect(deployments.map(({ metadata }) => metadata.name)).not.toContain('front-end-v2');
  const v2 = named(shop({ frontEndV2Image: 'front-end:2' }), 'Deployment', 'front-end-v2');
  expect(container(v2)['image']).toBe('front-end:2');
});

test('ENV-MONGO: user finds its database by the variable it reads', () => {
  expect(env(named(objects, 'Deployment', 'user-v1'))).toEqual({ MONGO_HOST: 'user-db:27017' });
});

test('ENV-JAVA: Java programs report to Zipkin only when told where it is, and have no options that Java ignores', () => {
  for (const name of ['carts', 'orders', 'shipping', 'queue-master']) {
    const quiet = env(named(objects, 'Deployment', `${name}-v1`));
    expect(quiet['JAVA_OPTS']).toContain('-Dspring.zipkin.enabled=false');
    expect(quiet['JAVA_OPTS']).not.toContain('PermSize');
    expect(quiet).not.toHaveProperty('ZIPKIN');
    const loud = env(named(shop({ zipkinHost: 'zipkin.istio-system' }), 'Deployment', `${name}-v1`));
    expect(loud['ZIPKIN']).toBe('zipkin.istio-system');
    expect(loud['JAVA_OPTS']).not.toContain('zipkin');
  }
});

test('PORT-NAMES: every port says its protocol, by name and by appProtocol; stores are plain TCP', () => {
  for (const service of of(objects, 'Service')) {
    for (const port of spec(service)['ports'] as { name: string; appProtocol: string }[]) {
      const protocol = PROGRAMS.includes(service.metadata.name) ? 'http' : 'tcp';
      expect(port.appProtocol).toBe(protocol);
      expect(port.name).toMatch(new RegExp(`^${protocol}(-|$)`));
    }
  }
});

test('the queue answers on the ports it needs, epmd among them', () => {
  const ports = spec(named(objects, 'Service', 'rabbitmq'))['ports'] as Json[];
  expect(ports.map(({ name, port }) => [name, port])).toEqual([
    ['tcp-amqp', 5672],
    ['tcp-epmd', 4369],
  ]);
});

test('PORT-HTTP-ON-DB: no scenario writes HTTP routes for a store', () => {
  for (const { name } of SOCKSHOP_SCENARIOS) {
    for (const route of of(scenario(name), 'VirtualService')) {
      const hosts = spec(route)['hosts'] as string[];
      const store = hosts.some((host) => /^(.*-db|rabbitmq)\./.test(host));
      if (store) expect(spec(route)).not.toHaveProperty('http');
    }
  }
});

test('BUG-ORDERS-ROUTE: every route of a service leads to that service', () => {
  const routes = of(scenario('all-v1'), 'VirtualService').filter((route) => !('gateways' in spec(route)));
  expect(routes.map(({ metadata }) => metadata.name).sort()).toEqual(PROGRAMS);
  for (const route of routes) {
    const host = `${route.metadata.name}.sock-shop.svc.cluster.local`;
    expect(spec(route)['hosts']).toEqual([host]);
    expect(JSON.stringify(route).match(/"host":"([^"]*)"/g)).toEqual([`"host":"${host}"`]);
  }
});

test.each(SOCKSHOP_SCENARIOS.map(({ name }) => name))(
  'BUG-V1-ROUTE, BUG-DR-REPLACED, BUG-NAMESPACE: in %s a host has one DestinationRule with all its subsets, in its namespace',
  (name) => {
    const all = scenario(name);
    for (const object of all.filter(({ kind }) => kind !== 'Namespace'))
      expect(object.metadata.namespace).toBe('sock-shop');
    const rules = of(all, 'DestinationRule').map((rule) => spec(rule));
    expect(new Set(rules.map(({ host }) => host)).size).toBe(rules.length);
    for (const rule of rules) {
      const host = String(rule['host']);
      expect(host).toMatch(/\.sock-shop\.svc\.cluster\.local$/);
      const versions = of(all, 'Deployment')
        .map((deployment) => template(deployment).metadata.labels)
        .filter(({ app }) => app === host.split('.')[0])
        .map(({ version }) => version);
      expect((rule['subsets'] as Json[]).map((subset) => subset['name'])).toEqual(versions);
    }
  },
);

test('BUG-GATEWAY-ONLY: a canary holds for clients in the mesh and for those from outside', () => {
  const weights = of(scenario('canary'), 'VirtualService').map((route) => [
    'gateways' in spec(route),
    (spec(route)['http'] as { route: { weight: number }[] }[])[0]!.route.map(({ weight }) => weight),
  ]);
  expect(weights.sort()).toEqual([
    [false, [90, 10]],
    [true, [90, 10]],
  ]);
});

test('BUG-FAULT-V1ALPHA: faults say their share in the field that counts', () => {
  const fault = (name: string): unknown =>
    (spec(named(scenario(name), 'VirtualService', 'catalogue'))['http'] as Json[])[0]!['fault'];
  expect(fault('catalogue-abort')).toEqual({ abort: { httpStatus: 500, percentage: { value: 100 } } });
  expect(fault('catalogue-delay')).toEqual({ delay: { fixedDelay: '30s', percentage: { value: 100 } } });
});

test('BUG-README, MTLS-API: no object is of an API that Istio has given up', () => {
  for (const { name } of SOCKSHOP_SCENARIOS) {
    for (const { apiVersion } of scenario(name)) expect(apiVersion).not.toMatch(/authentication\.istio\.io|alpha/);
  }
});

test('NET-NODEPORT: the front end is reached through the gateway only', () => {
  for (const service of of(objects, 'Service')) {
    expect(spec(service)).not.toHaveProperty('type');
    expect(JSON.stringify(service)).not.toContain('nodePort');
  }
});

test('NET-POLICY: network policies are the call graph, with the ports of the pods and of the proxies', () => {
  const policies = of(shop({ networkPolicies: true }), 'NetworkPolicy');
  expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual(
    ['default-deny', ...new Set(SOCKSHOP_CALLS.map(({ to }) => to))].sort(),
  );
  const carts = spec(named(policies, 'NetworkPolicy', 'carts'));
  expect(carts['podSelector']).toEqual({ matchLabels: { app: 'carts' } });
  expect((carts['ingress'] as Json[])[0]).toEqual({
    from: [{ podSelector: { matchLabels: { app: 'front-end' } } }, { podSelector: { matchLabels: { app: 'orders' } } }],
    ports: [{ port: 80, protocol: 'TCP' }],
  });
  const frontEnd = spec(named(policies, 'NetworkPolicy', 'front-end'));
  expect((frontEnd['ingress'] as { ports: Json[] }[])[0]!.ports).toEqual([{ port: 8079, protocol: 'TCP' }]);
});

test('HPA: autoscalers are of today and aim at Deployments that exist and leave the number of pods to them', () => {
  const scaled = shop({ autoscaling: true });
  const autoscalers = of(scaled, 'HorizontalPodAutoscaler');
  expect(autoscalers).toHaveLength(5);
  for (const autoscaler of autoscalers) {
    expect(autoscaler.apiVersion).toBe('autoscaling/v2');
    const target = spec(autoscaler)['scaleTargetRef'] as { apiVersion: string; kind: string; name: string };
    expect(target).toMatchObject({ apiVersion: 'apps/v1', kind: 'Deployment' });
    expect(spec(named(scaled, 'Deployment', target.name))).not.toHaveProperty('replicas');
  }
});

test('LABELS, SA: every service has app and version labels and an identity of its own', () => {
  expect(
    of(objects, 'ServiceAccount')
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(SERVICES);
  for (const deployment of deployments) {
    const { app, version } = template(deployment).metadata.labels;
    expect(version).toBe('v1');
    expect(template(deployment).spec['serviceAccountName']).toBe(app);
  }
});

test('STATE: stores write to volumes; the one with its data in the image keeps it', () => {
  const paths = (name: string): string[] =>
    (container(named(objects, 'Deployment', `${name}-v1`))['volumeMounts'] as { mountPath: string }[]).map(
      ({ mountPath }) => mountPath,
    );
  expect(paths('carts-db')).toEqual(expect.arrayContaining(['/data/db', '/tmp']));
  expect(paths('catalogue-db')).toEqual(['/var/lib/mysql']);
  expect(paths('rabbitmq')).toEqual(expect.arrayContaining(['/var/lib/rabbitmq']));
  expect(paths('session-db')).toEqual(expect.arrayContaining(['/data']));
  expect(paths('user-db')).toEqual(['/tmp']);
});

test('PROBES: every program has a startup probe, so that the others need not wait minutes', () => {
  for (const name of PROGRAMS) {
    const { startupProbe, readinessProbe, livenessProbe } = container(
      named(objects, 'Deployment', `${name}-v1`),
    ) as Record<string, Json>;
    const path = name === 'front-end' ? '/' : '/health';
    const port = name === 'front-end' ? 8079 : 80;
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
      expect(probe!['httpGet']).toMatchObject({ path, port });
      expect(probe).not.toHaveProperty('initialDelaySeconds');
    }
  }
});

test('RABBIT-ENTRY: the queue keeps what it needs to start as root and give that up', () => {
  const security = container(named(objects, 'Deployment', 'rabbitmq-v1'))['securityContext'] as Json;
  expect(security['capabilities']).toEqual({ drop: ['ALL'], add: ['CHOWN', 'SETGID', 'SETUID', 'DAC_OVERRIDE'] });
});

test('SECRETS: no password stands in the output; one can be referred to', () => {
  expect(JSON.stringify(objects)).not.toMatch(/fake_password|ROOT_PASSWORD","value":"[^y]/);
  expect(env(named(objects, 'Deployment', 'catalogue-db-v1'))).toEqual({
    MYSQL_DATABASE: 'socksdb',
    MYSQL_RANDOM_ROOT_PASSWORD: 'yes',
  });
  expect(env(named(shop({ catalogueDbSecretName: 'db' }), 'Deployment', 'catalogue-db-v1'))).toEqual({
    MYSQL_DATABASE: 'socksdb',
    MYSQL_ROOT_PASSWORD: { secretKeyRef: { name: 'db', key: 'password' } },
  });
});

test('PAYMENT-LIMIT: the amount above which orders are declined is a parameter', () => {
  expect(container(named(objects, 'Deployment', 'payment-v1'))).not.toHaveProperty('args');
  expect(container(named(shop({ declineOver: 1000 }), 'Deployment', 'payment-v1'))['args']).toEqual([
    '-port=80',
    '-decline=1000',
  ]);
});

test('PROM-MTLS: Prometheus finds pods, not Services, so that metrics can be merged with those of the proxy', () => {
  for (const service of of(objects, 'Service')) expect(service.metadata).not.toHaveProperty('annotations');
  for (const name of PROGRAMS) {
    expect(template(named(objects, 'Deployment', `${name}-v1`)).metadata.annotations).toMatchObject({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': name === 'front-end' ? '8079' : '80',
    });
  }
});

test('CB-NUMBERS: the breaker has the limits of the demo, and its client is in the mesh', () => {
  const all = scenario('circuit-breaker');
  expect(spec(named(all, 'DestinationRule', 'front-end'))['trafficPolicy']).toEqual({
    connectionPool: { tcp: { maxConnections: 2 }, http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 } },
  });
  const fortio = template(named(all, 'Deployment', 'fortio-v1')).metadata;
  expect(fortio.annotations).not.toHaveProperty('sidecar.istio.io/inject');
});
