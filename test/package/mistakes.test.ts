import { CDK8S, newProject, type Project, type Ran } from './project';

/** The README's program with one line of the user's own. */
const program = (line: string): string => `
import { Canary, Mesh, MeshApp, MeshChart, MeshService, Timeout } from 'istio-constructs';

const app = new MeshApp({ outdir: 'dist' });
const shop = new MeshChart(app, 'shop', { mesh: Mesh.existing() });
const reviews = new MeshService(shop, 'reviews', {
  port: 9080,
  versions: { v1: { image: 'example/reviews:1' }, v2: { image: 'example/reviews:2' } },
});
new Canary(shop, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
${line}
app.synth();
`;

let project: Project;
beforeAll(async () => {
  project = await newProject('commonjs', CDK8S);
  const compilerOptions = { strict: true, target: 'es2022', module: 'node16', types: ['node'], skipLibCheck: true };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['program.ts'] }));
});
afterAll(() => {
  project.remove();
});

async function attempt(line: string): Promise<{ readonly compiler: Ran; readonly run: Ran }> {
  project.write('program.ts', program(line));
  const compiler = await project.run('node_modules/.bin/tsc', '--pretty', 'false');
  return { compiler, run: await project.run('node', 'program.js') };
}

test('a typo in a field is found by the compiler, which names the right one', async () => {
  const { compiler } = await attempt(`new Timeout(shop, 'slow', { service: reviews, timout: '10s' });`);
  expect(compiler.stdout).toContain(
    `but 'timout' does not exist in type 'TimeoutProps'. Did you mean to write 'timeout'?`,
  );
  expect(compiler.stdout).toContain('program.ts(11,');
});

test('a version that the service lacks is found by the compiler, which names those that it has', async () => {
  const line = `new Canary(shop, 'other', { service: reviews, stable: 'v1', candidate: 'v3', percent: 10 });`;
  const { compiler } = await attempt(line);
  expect(compiler.stdout).toContain(`Type '"v3"' is not assignable to type '"v1" | "v2"'`);
});

test('a bad duration stops the synth with the construct, the line and what a duration looks like', async () => {
  const { run } = await attempt(`new Timeout(shop, 'slow', { service: reviews, timeout: '10 s' as '10s' });`);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain(
    '[shop/slow] VirtualService shop/reviews spec.http[0].timeout: "10 s" is not a duration.',
  );
  expect(run.stderr).toMatch(/at program\.js:\d+: new istio_constructs_1\.Timeout\(shop, 'slow', \{/);
  expect(run.stderr).toContain('fix: Write a number with a unit: h, m, s or ms, such as "5s" or "1h30m".');
});

test('two defaults stop the synth with both constructs and both lines', async () => {
  const line = `new Canary(shop, 'second', { service: reviews, stable: 'v1', candidate: 'v2', percent: 50 });`;
  const { compiler, run } = await attempt(line);
  expect(compiler.stdout).toBe('');
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('can have one default route: [shop/canary] and [shop/second] contradict each other.');
  expect(run.stderr).toMatch(/program\.js:\d+: new istio_constructs_1\.Canary\(shop, 'second', /);
  expect(run.stderr).toMatch(
    /see: the other one \[shop\/canary\]\n.*program\.js:\d+: new istio_constructs_1\.Canary\(shop, 'canary', /,
  );
  expect(run.stderr).toContain('fix: Keep one of them, or give one of them a match.');
});
