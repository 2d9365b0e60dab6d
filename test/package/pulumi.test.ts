import { newProject, PULUMI, type Project } from './project';

/** A Pulumi program as one is written into a fresh project; the same text is a CommonJS and an ES module. */
const PROGRAM = `
import * as pulumi from '@pulumi/pulumi';
import { Canary, MeshService } from 'istio-constructs';
import { MeshStack } from 'istio-constructs/pulumi';

const config = new pulumi.Config();
const image = pulumi.output(config.require('image'));
const shop = new MeshStack('shop', (chart, late) => {
  const reviews = new MeshService(chart, 'reviews', {
    port: 9080,
    versions: { v1: { image: 'example/reviews:1' }, v2: { image: late.string(image) } },
  });
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: config.requireNumber('percent') });
});
export const urn = shop.urn;
`;

/** Its test, which runs it without the Pulumi CLI, a provider or a cluster. */
const TEST = `
import { PulumiProgram } from 'istio-constructs/testing';

async function main(): Promise<void> {
  const program = new PulumiProgram({ program: 'out/program.js', cwd: '.', config: { image: 'example/reviews:2', percent: '10' } });
  const run = await program.up();
  if (!run.succeeded) throw new Error(run.report());
  const deployment = JSON.stringify(run.resource('Deployment', 'shop/reviews-v2').inputs);
  const changed = (await program.preview({ config: { image: 'example/reviews:2', percent: '20' } })).changed();
  console.log(JSON.stringify({ objects: run.objects.length, hasImage: deployment.includes('example/reviews:2'), changed }));
}
void main();
`;

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'node16',
    moduleResolution: 'node16',
    types: ['node'],
    skipLibCheck: true,
    outDir: 'out',
  },
  include: ['program.ts', 'check.ts'],
};

describe.each(['commonjs', 'module'] as const)('in an empty Pulumi project of type %s', (type) => {
  let project: Project;
  beforeAll(async () => {
    project = await newProject(type, PULUMI);
    project.write('program.ts', PROGRAM);
    project.write('check.ts', TEST);
    project.write('tsconfig.json', JSON.stringify(TSCONFIG));
  });
  afterAll(() => {
    project.remove();
  });

  test('a program and its test compile', async () => {
    expect(await project.run('node_modules/.bin/tsc')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('the program registers one resource per object, and a new weight changes one of them', async () => {
    const ran = await project.run('node', 'out/check.js');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const { objects, hasImage, changed } = JSON.parse(ran.stdout) as Record<string, unknown>;
    // Namespace, ServiceAccount, Service, two Deployments, DestinationRule, VirtualService.
    expect(objects).toBe(7);
    expect(hasImage).toBe(true);
    expect(changed).toEqual([expect.stringMatching(/VirtualService/i)]);
  });
});
