import { HeaderRoute, path, TrafficSplit, VmService } from '../../../constructs';
import { outcomeOf } from '../../lib/traffic/request-outcome';
import { errorsOf, Made, shop } from '../../support/shop';

const HOST = 'mysqldb.shop.svc.cluster.local';

test('with all defaults machines register themselves', () => {
  const { app, chart } = shop();
  new VmService(chart, 'mysqldb', { port: 3306, protocol: 'tcp', versions: { v1: {} } });
  const made = new Made(app);
  expect(made.spec('ServiceEntry', 'mysqldb')).toEqual({
    hosts: [HOST],
    ports: [{ number: 3306, name: 'tcp', protocol: 'TCP' }],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    workloadSelector: { labels: { app: 'mysqldb' } },
  });
  expect(made.spec('WorkloadGroup', 'mysqldb-v1')).toEqual({
    metadata: { labels: { app: 'mysqldb', version: 'v1' } },
    template: { labels: { app: 'mysqldb', version: 'v1' }, serviceAccount: 'mysqldb', ports: { tcp: 3306 } },
  });
  expect(made.names('WorkloadEntry')).toEqual([]);
});

test('with all options listed machines are versions that are routed like pods', () => {
  const { app, chart } = shop();
  const vm = new VmService(chart, 'api', {
    host: 'vm.example.com',
    ports: [{ name: 'http', port: 80, protocol: 'http', targetPort: 8080 }],
    serviceAccountName: 'machines',
    probe: { httpGet: { port: 8080, path: '/health' } },
    versions: {
      v1: { addresses: ['10.78.9.1'], network: 'vm-net', locality: 'eu/a' },
      v2: { addresses: ['10.78.9.2'] },
    },
  });
  new HeaderRoute(chart, 'v2', { service: vm, match: path.prefix('/v2'), to: 'v2' });
  new TrafficSplit(chart, 'split', { service: vm, weights: { v1: 100 } });
  const made = new Made(app);
  expect(made.names('WorkloadEntry')).toEqual(['api-v1-0', 'api-v2-0']);
  expect(made.spec('WorkloadEntry', 'api-v1-0')).toEqual({
    address: '10.78.9.1',
    labels: { app: 'api', version: 'v1' },
    serviceAccount: 'machines',
    network: 'vm-net',
    locality: 'eu/a',
  });
  expect(made.spec('WorkloadGroup', 'api-v1')).toMatchObject({ probe: { httpGet: { port: 8080, path: '/health' } } });
  const sent = (asked: string) =>
    Object.keys(outcomeOf(made.virtualService('api'), { path: asked, port: 80 })?.clusters ?? {});
  expect(sent('/v2/x')).toEqual(['outbound|80|v2|vm.example.com']);
  expect(sent('/')).toEqual(['outbound|80|v1|vm.example.com']);
});

test('refuses a version it does not have', () => {
  const { app, chart } = shop();
  const vm = new VmService(chart, 'api', { port: 80, versions: { v1: {} } });
  // @ts-expect-error there is no v2
  new TrafficSplit(chart, 'split', { service: vm, weights: { v2: 100 } });
  expect(errorsOf(app).map(({ message }) => message)).toContain('api has no version "v2". Did you mean "v1"?');
});
