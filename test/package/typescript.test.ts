import { CDK8S, newProject, type Project } from './project';

/** What somebody writes on their first day; the same text is a CommonJS and an ES module. */
const PROGRAM = `
import { Canary, CircuitBreaker, header, HeaderRoute, MeshApp, MeshService, VirtualService } from 'istio-constructs';
import { validate } from 'istio-constructs/api';
import { Chart } from 'cdk8s';

const app = new MeshApp({ outdir: 'dist' });
const shop = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });
const reviews = new MeshService(shop, 'reviews', {
  port: 9080,
  versions: { v1: { image: 'example/reviews:1' }, v2: { image: 'example/reviews:2', replicas: 2 } },
});
new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
new HeaderRoute(shop, 'jason', { service: reviews, match: header('end-user').exact('jason'), to: 'v2' });
new CircuitBreaker(shop, 'breaker', { service: reviews, connections: { max: 2 } });
const refused = (): unknown =>
  // @ts-expect-error there is no version v3
  new Canary(shop, 'typo', { service: reviews, stable: 'v1', candidate: 'v3', percent: 0 });
void refused;
const raw = new VirtualService(shop, 'raw', { spec: { hosts: ['other.example.com'], http: [{ directResponse: { status: 503 } }] } });
app.synth();
console.log(validate(raw.toJson()).length);
`;

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'node16',
    moduleResolution: 'node16',
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    types: ['node'],
    outDir: 'out',
  },
  include: ['program.ts'],
};

describe.each(['commonjs', 'module'] as const)('in an empty TypeScript project of type %s', (type) => {
  let project: Project;
  beforeAll(async () => {
    project = await newProject(type, CDK8S);
    project.write('program.ts', PROGRAM);
  });
  afterAll(() => {
    project.remove();
  });

  // The declarations of the peers have faults of their own, which are not for us to count.
  test('a program compiles, and the declarations of the package are sound', async () => {
    project.write('tsconfig.json', JSON.stringify(TSCONFIG));
    const { stdout } = await project.run('node_modules/.bin/tsc', '--pretty', 'false');
    const ours = stdout.split('\n').filter((line) => /^(program|node_modules\/istio-constructs\/)/.test(line));
    expect(ours).toEqual([]);
  });

  test('the compiled program writes one VirtualService and one DestinationRule for the service', async () => {
    expect(await project.run('node', 'out/program.js')).toEqual({ code: 0, stdout: '0\n', stderr: '' });
    const files = await project.run('find', 'dist', '-name', '*reviews*.yaml', '-type', 'f');
    expect(files.stdout.trim().split('\n').sort()).toEqual([
      'dist/10-rbac/shop/serviceaccount-reviews.yaml',
      'dist/60-workload/shop/deployment-reviews-v1.yaml',
      'dist/60-workload/shop/deployment-reviews-v2.yaml',
      'dist/60-workload/shop/service-reviews.yaml',
      'dist/70-destination-rule/shop/destinationrule-reviews.yaml',
      'dist/80-route/shop/virtualservice-reviews.yaml',
    ]);
  });
});
