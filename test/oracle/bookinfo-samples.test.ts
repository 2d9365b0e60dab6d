import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MeshApp, MeshChart } from 'istio-constructs';
import { Bookinfo, BOOKINFO_SCENARIOS, type BookinfoProps } from 'istio-constructs/bookinfo';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../lib/manifest';
import { testMesh } from '../support/mesh';

const oracle = process.env['ISTIO_ORACLE'] ?? resolve(__dirname, '../../../shared/oracle');
const samples = join(oracle, 'samples/istio-1.30.3/samples/bookinfo');
const withSamples = existsSync(samples) ? describe : describe.skip;

type Json = Record<string, unknown>;

function sample(path: string): KubeObject[] {
  return parseAllDocuments(readFileSync(join(samples, path), 'utf8'))
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null);
}

function bookinfo(props: BookinfoProps = {}): KubeObject[] {
  const app = new MeshApp();
  new Bookinfo(new MeshChart(app, 'bookinfo', { mesh: testMesh() }), 'bookinfo', props);
  return app.check().manifests.map(({ object }) => object);
}

function scenario(name: string): KubeObject[] {
  const app = new MeshApp();
  BOOKINFO_SCENARIOS.find((one) => one.name === name)!.build(new MeshChart(app, 'bookinfo', { mesh: testMesh() }));
  return app.check().manifests.map(({ object }) => object);
}

const key = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata.name}`;

/** Every leaf of a value by its path; lists whose items have names go by name, so that their order does not count. */
function leaves(value: unknown, at = ''): Map<string, unknown> {
  if (Array.isArray(value)) {
    const named = value.every((item) => typeof item === 'object' && item !== null && 'name' in item);
    return new Map(
      value.flatMap((item, index) => [
        ...leaves(item, `${at}[${named ? String((item as Json)['name']).trim() : index}]`),
      ]),
    );
  }
  if (value !== null && typeof value === 'object' && Object.keys(value).length > 0) {
    return new Map(Object.entries(value).flatMap(([name, inner]) => [...leaves(inner, `${at}.${name}`)]));
  }
  return new Map([[at, value]]);
}

/** Where ours is meant to differ from the official objects, and why. */
const DELIBERATE: readonly [pattern: RegExp, reason: string][] = [
  [/^\S+ \S+ \.metadata\.namespace$/, 'every object names its namespace'],
  [/^Deployment mysqldb-v1 .*image$/, 'ratings cannot log into the MySQL of 1.20.3'],
  [/ \.spec\.template\.spec\.containers\[.*\]\.image$/, 'images come from docker.io/istio: the other registries close'],
  [/^ServiceAccount \S+ \.metadata\.labels\.(account|app)$/, 'one label for all objects of a service: app'],
  [/^Service \S+ \.spec\.ports\[.*\]\.appProtocol$/, 'the protocol of a port is stated, not only its name'],
  [/^Deployment \S+ .*\.ports\[.*\]\.(name|containerPort)$/, 'ports of containers have the name of the Service port'],
  [
    /^(ServiceAccount bookinfo-ratings-v2 |Deployment ratings-v2 .*serviceAccountName$)/,
    'a service has one identity, whatever its version',
  ],
  [
    /^Deployment (ratings-v2-mysql|details-v2|mongodb-v1|mysqldb-v1) .*serviceAccountName$/,
    'no service runs as default',
  ],
  [/^ServiceAccount (mongodb|mysqldb) /, 'no service runs as default'],
  [/^Service mongodb \.spec\.ports\[/, 'the prefix mongo would switch a filter of Envoy on; stores are plain TCP'],
  [/^Service mysqldb \.spec\.ports\[/, 'the port says what is behind it'],
  [/^Secret mysql-credentials /, 'no key material comes from here: the Secret must exist'],
  [/^Deployment ratings-v2-mysql .*env\[MYSQL_DB_PASSWORD\]/, 'the password is a reference to the Secret'],
];

interface Difference {
  readonly place: string;
  readonly official: unknown;
  readonly ours: unknown;
}

function differences(official: readonly KubeObject[], ours: readonly KubeObject[]): Difference[] {
  const found: Difference[] = [];
  const keys = new Set([...official, ...ours].map(key));
  for (const name of keys) {
    const [theirs, mine] = [official, ours].map((objects) => leaves(objects.find((object) => key(object) === name)));
    for (const at of new Set([...theirs!.keys(), ...mine!.keys()])) {
      const [a, b] = [theirs!.get(at), mine!.get(at)];
      if (JSON.stringify(a) !== JSON.stringify(b)) found.push({ place: `${name} ${at}`, official: a, ours: b });
    }
  }
  return found;
}

const reasonFor = (difference: Difference): string | undefined =>
  DELIBERATE.find(([pattern]) => pattern.test(difference.place))?.[1];

const WORKLOADS = new Set(['Service', 'ServiceAccount', 'Deployment', 'Secret']);

withSamples('Bookinfo and its official manifests', () => {
  test.each<[string, string[], BookinfoProps]>([
    ['the base', ['bookinfo.yaml'], {}],
    ['MongoDB', ['bookinfo.yaml', 'bookinfo-db.yaml', 'bookinfo-ratings-v2.yaml'], { ratingsStorage: 'mongodb' }],
    ['MySQL', ['bookinfo.yaml', 'bookinfo-mysql.yaml', 'bookinfo-ratings-v2-mysql.yaml'], { ratingsStorage: 'mysql' }],
    ['details v2', ['bookinfo.yaml', 'bookinfo-details-v2.yaml'], { googleBooks: true }],
  ])('%s is the same field by field, apart from deliberate differences', (_, files, props) => {
    const official = files.flatMap((file) => sample(`platform/kube/${file}`));
    const ours = bookinfo(props).filter((object) => WORKLOADS.has(object.kind));
    const all = differences(official, ours);
    expect(all.filter((difference) => reasonFor(difference) === undefined)).toEqual([]);
    const reasons = new Map<string, number>();
    for (const one of all) reasons.set(reasonFor(one)!, (reasons.get(reasonFor(one)!) ?? 0) + 1);
    process.stdout.write(
      `deliberate differences (${files.join(', ')}):\n${[...reasons].map(([reason, n]) => `  ${n} x ${reason}\n`).join('')}`,
    );
  });

  test('every deliberate difference is one that is really there', () => {
    const all = [
      ...differences(
        ['bookinfo.yaml', 'bookinfo-db.yaml', 'bookinfo-ratings-v2.yaml', 'bookinfo-details-v2.yaml'].flatMap((file) =>
          sample(`platform/kube/${file}`),
        ),
        bookinfo({ ratingsStorage: 'mongodb', googleBooks: true }),
      ),
      ...differences(
        ['bookinfo.yaml', 'bookinfo-mysql.yaml', 'bookinfo-ratings-v2-mysql.yaml'].flatMap((file) =>
          sample(`platform/kube/${file}`),
        ),
        bookinfo({ ratingsStorage: 'mysql' }),
      ),
    ];
    expect(DELIBERATE.filter(([pattern]) => !all.some(({ place }) => pattern.test(place))).map(String)).toEqual([]);
  });
});

/** What a VirtualService means: hosts and destinations completed, names and single weights left out. */
function meaning(object: KubeObject): Json {
  const spec = object['spec'] as Json;
  const namespace = 'bookinfo';
  const full = (host: unknown): string =>
    String(host).includes('.') ? String(host) : `${host}.${namespace}.svc.cluster.local`;
  const destination = (to: Json): Json => ({ ...to, host: full(to['host']), port: to['port'] ?? { number: 9080 } });
  const routes = (spec['http'] as Json[]).map(({ name: _, route, ...rest }) => ({
    ...rest,
    route: (route as Json[]).map((to) => ({
      destination: destination(to['destination'] as Json),
      weight: to['weight'] ?? 100,
    })),
  }));
  const catchAll = routes.findIndex((route) => !('match' in route));
  return {
    hosts: (spec['hosts'] as string[]).map((host) => (host === '*' ? host : full(host))),
    http: catchAll < 0 ? routes : routes.slice(0, catchAll + 1),
  };
}

withSamples('each networking sample and its scenario', () => {
  test.each<[string, string]>([
    ['virtual-service-all-v1.yaml', 'all-v1'],
    ['virtual-service-reviews-test-v2.yaml', 'jason'],
    ['virtual-service-reviews-jason-v2-v3.yaml', 'jason-v2-v3'],
    ['virtual-service-reviews-50-v3.yaml', '50-v3'],
    ['virtual-service-reviews-80-20.yaml', '80-20'],
    ['virtual-service-reviews-90-10.yaml', '90-10'],
    ['virtual-service-reviews-v2-v3.yaml', 'v2-v3'],
    ['virtual-service-reviews-v3.yaml', 'v3'],
    ['virtual-service-ratings-test-delay.yaml', 'ratings-delay'],
    ['virtual-service-ratings-test-abort.yaml', 'ratings-abort'],
    ['fault-injection-details-v1.yaml', 'details-fault'],
    ['virtual-service-ratings-db.yaml', 'ratings-db'],
    ['virtual-service-ratings-mysql.yaml', 'ratings-mysql'],
    ['virtual-service-details-v2.yaml', 'details-v2'],
  ])('%s means what the scenario %s means', (file, name) => {
    const official = sample(`networking/${file}`).filter(({ kind }) => kind === 'VirtualService');
    const ours = scenario(name);
    const routes = ours.filter(
      ({ kind, ...rest }) => kind === 'VirtualService' && !('gateways' in (rest['spec'] as Json)),
    );
    const byHost = (objects: readonly KubeObject[]): Json[] =>
      objects.map(meaning).sort((a, b) => (String(a['hosts']) < String(b['hosts']) ? -1 : 1));
    expect(byHost(routes)).toEqual(byHost(official));

    // Every subset a route names is defined, by the labels the official DestinationRules give it.
    const subsets = new Map(
      sample('networking/destination-rule-all.yaml').map(({ spec }) => [
        (spec as Json)['host'],
        (spec as Json)['subsets'] as Json[],
      ]),
    );
    for (const object of ours.filter(({ kind }) => kind === 'DestinationRule')) {
      const { host, subsets: mine } = object['spec'] as { host: string; subsets: Json[] };
      for (const subset of mine) expect(subsets.get(host.split('.')[0])).toContainEqual(subset);
    }
  });

  test('the way in leads the same paths to the page', () => {
    const official = sample('networking/bookinfo-gateway.yaml').find(({ kind }) => kind === 'VirtualService')!;
    const ours = bookinfo().find(({ kind }) => kind === 'VirtualService')!;
    const paths = (object: KubeObject): unknown[] =>
      (meaning(object)['http'] as { match: Json[] }[])
        .flatMap(({ match }) => match.map(({ uri }) => JSON.stringify(uri)))
        .sort();
    expect(paths(ours)).toEqual(paths(official));
    expect((meaning(ours)['http'] as Json[]).map(({ route }) => route)).toEqual(
      (meaning(official)['http'] as Json[]).map(({ route }) => route),
    );
    expect(meaning(ours)['hosts']).toEqual(['*']);
  });

  test('the way out to Google Books is the same, but for the load balancer, which holds for the port that is used', () => {
    const official = sample('networking/egress-rule-google-apis.yaml');
    const ours = scenario('google-books').filter(({ kind, metadata }) =>
      official.some((object) => object.kind === kind && object.metadata.name === metadata.name),
    );
    expect(ours).toHaveLength(3);
    const of = (objects: readonly KubeObject[], kind: string): Json =>
      objects.find((object) => object.kind === kind)!['spec'] as Json;
    expect(of(ours, 'ServiceEntry')).toEqual({ ...of(official, 'ServiceEntry'), location: 'MESH_EXTERNAL' });
    expect(of(ours, 'VirtualService')).toEqual(of(official, 'VirtualService'));
    expect(of(ours, 'DestinationRule')).toEqual({
      host: 'www.googleapis.com',
      trafficPolicy: {
        portLevelSettings: [
          { port: { number: 443 }, loadBalancer: { simple: 'ROUND_ROBIN' }, tls: { mode: 'SIMPLE' } },
        ],
      },
    });
  });
});
