import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { packed } from './pack';
import { CDK8S, newProject, PULUMI, type Project } from './project';

const { exports: declared, typesVersions } = JSON.parse(
  readFileSync(resolve(__dirname, '../../package.json'), 'utf8'),
) as {
  readonly exports: Readonly<Record<string, string>>;
  readonly typesVersions: { readonly '*': Readonly<Record<string, readonly string[]>> };
};
const entries = Object.entries(declared).filter(([, file]) => file.endsWith('.js'));
const nameOf = (subpath: string): string => `istio-constructs${subpath.slice(1)}`;

/** The entries that are about Pulumi; all others must load where there is none. */
const ABOUT_PULUMI = ['./pulumi', './testing'];

test.each(entries)('%s is in the tarball, with its types', (_, file) => {
  const paths = packed().files.map(({ path }) => `./${path}`);
  expect(paths).toContain(file);
  expect(paths).toContain(file.replace(/\.js$/, '.d.ts'));
});

test('typesVersions says the same as exports, for compilers that do not read exports', () => {
  const types = Object.entries(typesVersions['*']).map(([name, [file]]) => [`./${name}`, file]);
  const expected = entries.filter(([subpath]) => subpath !== '.');
  expect(types).toEqual(expected.map(([subpath, file]) => [subpath, file.replace(/\.js$/, '.d.ts')]));
});

const load = `
const [name] = process.argv.slice(1);
const required = Object.keys(require(name));
import(name).then((imported) => {
    const names = (keys) => keys.filter((key) => !['default', '__esModule', 'module.exports'].includes(key)).sort();
  console.log(JSON.stringify({ required: names(required), imported: names(Object.keys(imported)) }));
});`;

describe.each([
  ['a cdk8s project', CDK8S, entries.filter(([subpath]) => !ABOUT_PULUMI.includes(subpath))],
  ['a Pulumi project', PULUMI, entries.filter(([subpath]) => ABOUT_PULUMI.includes(subpath))],
] as const)('in %s', (_, dependencies, expected) => {
  let project: Project;
  beforeAll(async () => {
    project = await newProject('commonjs', dependencies);
  });
  afterAll(() => {
    project.remove();
  });

  test.each(expected)('%s loads by require and by import, with the same names', async (subpath) => {
    const ran = await project.run('node', '-e', load, nameOf(subpath));
    expect(ran.stderr).toBe('');
    const { required, imported } = JSON.parse(ran.stdout) as { required: string[]; imported: string[] };
    expect(required.length).toBeGreaterThan(0);
    expect(imported).toEqual(required);
  });
});
