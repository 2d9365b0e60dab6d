import { ExternalService, MeshService, Timeout, VmService, type MeshChart } from 'istio-constructs';
import { errorsOf } from '../../support/errors-of';
import { shop } from '../../support/shop';

interface Ports {
  readonly port?: number;
  readonly ports?: readonly { readonly port: number }[];
}

const image = 'example.com/app:1';

/** Every construct with ports, made with the same ones. */
const CONSTRUCTS: readonly [string, (chart: MeshChart, ports: Ports) => unknown][] = [
  ['MeshService', (chart, ports) => new MeshService(chart, 'x', { ...ports, versions: { v1: { image } } })],
  ['VmService', (chart, ports) => new VmService(chart, 'x', { ...ports, versions: { v1: {} } })],
  ['ExternalService', (chart, ports) => new ExternalService(chart, 'x', { ...ports, hosts: ['x.example.com'] })],
  [
    'MeshService.named',
    (chart, ports) => new Timeout(chart, 't', { service: MeshService.named('x', ports), timeout: '1s' }),
  ],
];

describe.each(CONSTRUCTS)('%s', (name, make) => {
  test.each<[string, Ports, string[]]>([
    ['both port and ports', { port: 80, ports: [{ port: 81 }] }, ['port-and-ports']],
    ['neither', {}, [name === 'MeshService.named' ? 'port-not-known' : 'port-and-ports']],
    ['a port twice', { ports: [{ port: 80 }, { port: 80 }] }, ['duplicate-port']],
    ['what is not a port', { port: 70000 }, ['invalid-port']],
  ])('refuses %s', (_, ports, codes) => {
    const { app, chart } = shop();
    make(chart, ports);
    expect([...new Set(errorsOf(app).map(({ code }) => code))]).toEqual(expect.arrayContaining(codes));
  });
});
