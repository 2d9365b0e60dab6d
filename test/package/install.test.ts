import { CDK8S, newProject, ownVersion, type Project } from './project';

describe('a project that has just installed the tarball', () => {
  let project: Project;
  beforeAll(async () => {
    project = await newProject('commonjs', CDK8S);
  });
  afterAll(() => {
    project.remove();
  });

  test('finds the package by its name', async () => {
    const ran = await project.run('node', '-p', 'require("istio-constructs/package.json").version');
    expect(ran).toEqual({ code: 0, stdout: `${ownVersion}\n`, stderr: '' });
  });

  test('runs the command line program, which says what it can do', async () => {
    const ran = await project.run('npx', '--no-install', 'istio-constructs', '--help');
    expect(ran.stdout).toContain('Usage: istio-constructs');
    expect(ran.code).toBe(0);
  });

  test('has no Pulumi, for Pulumi is optional', async () => {
    const ran = await project.run('node', '-e', 'require("@pulumi/pulumi")');
    expect(ran.stderr).toContain("Cannot find module '@pulumi/pulumi'");
  });
});
