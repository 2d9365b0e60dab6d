import fc from 'fast-check';
import {
  gateway,
  header,
  lowerExposures,
  path,
  planRoutes,
  sourceLabels,
  type Contribution,
  type Exposure,
  type Match,
} from '../../../lib/traffic';
import { reviewsHost } from './hosts';
import { outcomeOf } from './request-outcome';

const GATEWAY = 'istio-ingress/edge';
const jason = header('end-user').exact('jason');

function exposure(name: string, paths: readonly Match[], contributions: readonly Contribution[] = []): Exposure {
  const host = reviewsHost({ name, fqdn: `${name}.bookinfo.svc.cluster.local` });
  return {
    origin: `app/edge ${name}`,
    host,
    port: 9080,
    match: paths.flatMap(({ alternatives }) => alternatives),
    routes: planRoutes(host, contributions).routes,
  };
}

const toV2 = (match: Match): Contribution => ({
  kind: 'route',
  origin: 'app/route',
  name: 'route',
  match: match.alternatives,
  action: { kind: 'split', to: [{ version: 'v2', weight: 100 }] },
});

test('a split of the service holds behind every path', () => {
  const canary: Contribution = {
    kind: 'default',
    origin: 'app/canary',
    name: 'canary',
    to: [
      { version: 'v1', weight: 90 },
      { version: 'v2', weight: 10 },
    ],
  };
  const { spec, issues } = lowerExposures('shop.example.com', GATEWAY, [
    exposure('reviews', [path.prefix('/reviews')], [toV2(jason), canary]),
  ]);
  expect(issues).toEqual([]);
  expect(spec).toMatchObject({ hosts: ['shop.example.com'], gateways: [GATEWAY] });
  expect(spec.http?.map(({ name, match, route }) => [name, match, route?.map(({ weight }) => weight)])).toEqual([
    ['reviews-route', [{ uri: { prefix: '/reviews' }, headers: { 'end-user': { exact: 'jason' } } }], [undefined]],
    ['reviews-canary', [{ uri: { prefix: '/reviews' } }], [90, 10]],
  ]);
});

test('rules for the mesh, for other gateways and for pods do not hold at the gateway', () => {
  const { spec } = lowerExposures('shop.example.com', GATEWAY, [
    exposure(
      'reviews',
      [],
      [
        toV2(gateway('mesh').and(jason)),
        toV2(gateway('other/gateway').and(jason)),
        toV2(sourceLabels({ app: 'x' })),
        toV2(gateway(GATEWAY).and(path.prefix('/here'))),
      ],
    ),
  ]);
  expect(spec.http?.map(({ match }) => match)).toEqual([[{ uri: { prefix: '/here' } }], undefined]);
});

test('the narrowest path takes the request, whatever was exposed first', () => {
  const paths = ['/', '/a', '/a/b', '/a/b/c', '/x'];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(paths, { minLength: 2 }),
      fc.constantFrom('/', '/a', '/a/b', '/a/b/c/d', '/x', '/q'),
      (exposed, asked) => {
        const { spec, issues } = lowerExposures(
          'shop.example.com',
          GATEWAY,
          exposed.map((one) => exposure(`s${paths.indexOf(one)}`, [path.prefix(one)])),
        );
        expect(issues).toEqual([]);
        const narrowest = exposed.filter((one) => asked.startsWith(one)).sort((a, b) => b.length - a.length)[0];
        const outcome = outcomeOf(spec, { path: asked, port: 80, gateway: GATEWAY });
        const expected =
          narrowest === undefined
            ? undefined
            : [`outbound|9080||s${paths.indexOf(narrowest)}.bookinfo.svc.cluster.local`];
        expect(outcome === undefined ? undefined : Object.keys(outcome.clusters)).toEqual(expected);
      },
    ),
  );
});

test('refuses one path of one host given to two services', () => {
  const { issues } = lowerExposures('shop.example.com', GATEWAY, [
    exposure('a', [path.prefix('/x')]),
    exposure('b', [path.prefix('/x')]),
  ]);
  expect(issues).toMatchObject([
    {
      code: 'contradiction',
      message:
        'shop.example.com with paths that begin with "/x" is exposed twice on gateway istio-ingress/edge: ' +
        '[app/edge a] and [app/edge b] contradict each other.',
    },
  ]);
});
