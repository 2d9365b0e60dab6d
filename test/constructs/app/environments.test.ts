import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environments, MeshChart, MeshService, type EnvironmentsProps, type MeshApp } from '../../../constructs';
import { readYaml, type KubeObject } from '../../../lib/manifest';
import { loadObjects } from '../../../lib/cli/load-objects';
import { testMesh } from '../../support/mesh';
import { kustomizeBinary } from '../../lib/gitops/kustomize-binary';

interface Size {
  readonly replicas: number;
  readonly tag: string;
  readonly debug?: boolean;
}

let outdir: string;
beforeEach(() => {
  outdir = join(mkdtempSync(join(tmpdir(), 'environments-')), 'dist');
});
afterEach(() => {
  rmSync(join(outdir, '..'), { recursive: true, force: true });
  delete process.env.ISTIO_CONSTRUCTS_ENVIRONMENT;
});

function program(app: MeshApp, { replicas, tag, debug = false }: Size & { readonly name: string }): void {
  const shop = new MeshChart(app, 'shop', { mesh: testMesh() });
  new MeshService(shop, 'reviews', { port: 9080, versions: { v1: { image: `example/reviews:${tag}`, replicas } } });
  if (debug) new MeshService(shop, 'fortio', { port: 8080, versions: { v1: { image: 'fortio/fortio:1' } } });
}

const SIZES = {
  dev: { replicas: 1, tag: '2-rc', debug: true },
  staging: { replicas: 1, tag: '1' },
  prod: { replicas: 6, tag: '1' },
};

const shop = (props: EnvironmentsProps = {}) => new Environments(SIZES, program, { outdir, ...props });

const folders = (): string[] => readdirSync(outdir).sort();

test('each environment gets the objects of its parameters, in a folder of its own', () => {
  shop().synth();
  expect(folders()).toEqual(['.istio-constructs', 'dev', 'prod', 'staging']);
  const replicas = (name: string): unknown => {
    const found = loadObjects(join(outdir, name), '').objects.find(
      (object) => object.kind === 'Deployment' && object.metadata.name === 'reviews-v1',
    );
    return (found?.spec as { replicas: number }).replicas;
  };
  expect(['dev', 'staging', 'prod'].map(replicas)).toEqual([1, 1, 6]);
});

test('the folder of an environment knows the construct paths', () => {
  shop().synth();
  const { origins } = loadObjects(join(outdir, 'prod'), '');
  expect(origins?.get('/Service/shop/reviews')).toMatch(/^shop\/reviews/);
});

test('the difference between two environments is printed object by object', () => {
  expect(shop().printDiff('staging', 'prod')).toMatch(
    /^~ Deployment shop\/reviews-v1 {2}\[shop\/reviews.*\]\n {4}spec\.replicas: 1 -> 6\n\n1 changed, \d+ the same$/,
  );
  expect(shop().printDiff('prod', 'staging')).toContain('spec.replicas: 6 -> 1');
  const changes = shop()
    .diff('dev', 'staging')
    .objects.map(({ change, object }) => `${change} ${object.kind} ${object.name}`);
  expect(changes).toEqual([
    'removed Deployment fortio-v1',
    'changed Deployment reviews-v1',
    'removed Service fortio',
    'removed ServiceAccount fortio',
  ]);
});

test('kustomize: one base, and overlays with what differs', () => {
  shop({ layout: 'kustomize' }).synth();
  expect(folders()).toEqual(['.istio-constructs', 'base', 'overlays']);
  expect(
    readdirSync(join(outdir, 'overlays', 'staging'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .sort(),
  ).toEqual(['kustomization.yaml', 'patches/60-workload/shop/deployment-reviews-v1.yaml']);
});

const kustomize = kustomizeBinary();
(kustomize === undefined ? test.skip : test)(
  'the real kustomize builds from an overlay what the environment has',
  () => {
    const environments = shop({ layout: 'kustomize' });
    environments.synth();
    const sorted = (objects: readonly KubeObject[]): KubeObject[] =>
      [...objects].sort((a, b) => (`${a.kind} ${a.metadata.name}` < `${b.kind} ${b.metadata.name}` ? -1 : 1));
    for (const name of environments.names) {
      const text = execFileSync(kustomize!, ['build', join(outdir, 'overlays', name)], { encoding: 'utf8' });
      const built = readYaml(text).objects.map((entry) => entry.object);
      expect(sorted(built)).toEqual(sorted(environments.manifests(name).map((manifest) => manifest.object)));
    }
  },
);

test('Argo CD: an Application per environment, each pointing to its own folder', () => {
  const { files } = shop({
    layout: { layout: 'argocd', repoURL: 'https://git.example.com/shop.git', path: 'deploy' },
  }).synth();
  const application = readYaml(files.get('prod/application.yaml')!).objects[0]!.object;
  expect(application).toMatchObject({
    metadata: { name: 'mesh-prod' },
    spec: { source: { path: 'deploy/prod/manifests' } },
  });
});

test('the command line narrows it to one environment', () => {
  process.env.ISTIO_CONSTRUCTS_ENVIRONMENT = 'prod';
  shop().synth();
  expect(folders()).toContain('60-workload');
  expect(loadObjects(outdir, '').objects).toHaveLength(shop().manifests('prod').length);
});

test('refuses an environment that is not there, with the nearest name', () => {
  process.env.ISTIO_CONSTRUCTS_ENVIRONMENT = 'stagging';
  expect(() => shop().synth()).toThrow('There is no environment "stagging". Did you mean "staging"?');
});

test('refuses names that are not folder names, and none at all', () => {
  const size = SIZES.dev;
  expect(() => new Environments({ 'Prod EU': size, '../up': size }, program)).toThrow(
    'No environment can be called "Prod EU", "../up"',
  );
  expect(() => new Environments({}, program)).toThrow('There is no environment.');
});

test('refuses to write any environment when one has an error, and says which', () => {
  const broken = new Environments(
    { dev: { port: 9080 }, prod: { port: 99080 } },
    (app, { port }) => {
      const chart = new MeshChart(app, 'shop', { mesh: testMesh() });
      new MeshService(chart, 'reviews', { port: 9080, versions: { v1: { image: 'x:1' } } });
      new MeshService(chart, 'other', { port, versions: { v1: { image: 'x:1' } } });
    },
    { outdir },
  );
  expect(() => broken.synth()).toThrow(/99080/);
  expect(existsSync(outdir)).toBe(false);
});

test('refuses, at compile time, an environment or a parameter that is not there', () => {
  const environments = shop();
  // @ts-expect-error there is no environment "live"
  expect(() => environments.printDiff('dev', 'live')).toThrow('There is no environment "live".');
  // @ts-expect-error replicas is a number
  new Environments({ dev: { replicas: '1', tag: '1' } }, program);
  // @ts-expect-error the tag is missing
  new Environments({ dev: { replicas: 1 } }, program);
});
