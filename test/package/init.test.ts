import { CDK8S, newProject, run, type Project, type Ran } from './project';
import { tarball } from './pack';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the command comes from: any project that has the package. */
let home: Project;
beforeAll(async () => {
  home = await newProject('commonjs', CDK8S);
});
afterAll(() => {
  home.remove();
});

const init = (...args: string[]): Promise<Ran> => home.run('npx', '--no-install', 'istio-constructs', 'init', ...args);

describe.each([
  ['cdk8s', 'my-mesh', []],
  ['pulumi', 'my-infra', ['--template', 'pulumi']],
] as const)('a new %s project', (template, dir, flags) => {
  const inside = (program: string, ...args: string[]): Promise<Ran> => run(join(home.folder, dir), program, ...args);

  beforeAll(async () => {
    const ran = await init(dir, ...flags);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(`cd ${dir}\n  npm install\n  npm test\n`);
    // The release that the project asks for is the tarball; everything else comes as anybody would get it.
    const installed = await inside('npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', tarball());
    expect(installed.code).toBe(0);
  });

  test('is type-correct', async () => {
    expect(await inside('node_modules/.bin/tsc')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('passes its own test', async () => {
    const ran = await inside('npm', 'test');
    expect(ran.stdout).toMatch(/^. fail 0$/m);
    expect(ran.stdout).not.toMatch(/^. pass 0$/m);
    expect(ran.code).toBe(0);
  });

  test('has a test that sees a change of the program', async () => {
    const program = join(home.folder, dir, template === 'cdk8s' ? 'app.ts' : 'index.ts');
    const text = readFileSync(program, 'utf8');
    const broken = text.replace(/new Canary\(.*\);\n/, '');
    expect(broken).not.toBe(text);
    writeFileSync(program, broken);
    const ran = await inside('npm', 'test');
    writeFileSync(program, text);
    expect(ran.code).not.toBe(0);
  });
});

test('the cdk8s project synthesizes the mesh, the service and its canary', async () => {
  const folder = join(home.folder, 'my-mesh');
  expect((await run(folder, 'npm', 'run', '--silent', 'synth')).code).toBe(0);
  const files = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(
    expect.arrayContaining([
      '30-control-plane/istio-system/deployment-istiod.yaml',
      '60-workload/shop/deployment-hello-v2.yaml',
      '80-route/shop/virtualservice-hello.yaml',
    ]),
  );
});

test('refuses a folder that has something in it, and leaves it as it is', async () => {
  home.write('taken/notes.txt', 'mine');
  const ran = await init('taken');
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('taken is not empty: it has notes.txt; name a folder that is empty');
  expect(readdirSync(join(home.folder, 'taken'))).toEqual(['notes.txt']);
});

test('refuses a template that there is not, and names those that there are', async () => {
  const ran = await init('other', '--template', 'helm');
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('Allowed choices are cdk8s, pulumi');
});

test('takes a folder that only holds a repository, and makes its name fit for npm', async () => {
  home.write('My Mesh 2/.git/HEAD', 'ref: refs/heads/main\n');
  expect((await init('My Mesh 2')).stdout).toContain("cd 'My Mesh 2'");
  const { name } = JSON.parse(home.read('My Mesh 2/package.json')) as { name: string };
  expect(name).toBe('my-mesh-2');
  rmSync(join(home.folder, 'My Mesh 2'), { recursive: true });
});
