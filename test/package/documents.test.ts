import { programsOf, shownPrograms } from './documents';
import { newProject, PULUMI, type Project } from './project';

const programs = shownPrograms().map((program, index) => ({ ...program, name: `program-${index}` }));

test('blocks become programs by the words of their fences', () => {
  const page = [
    '```ts\na();\n```',
    '```bash\nls\n```',
    '```ts refused\nb();\n```',
    '```ts continued\nc();\n```',
    '<!-- ts: declare const d: () => void; -->\n\n```ts\nd();\n```',
  ].join('\n\n');
  expect(programsOf('page.md', page)).toEqual([
    { place: 'page.md:1', text: 'a();\nc();\n', compiles: true },
    { place: 'page.md:9', text: 'a();\nb();\n', compiles: false },
    { place: 'page.md:19', text: 'declare const d: () => void;\nd();\n', compiles: true },
  ]);
});

test('the README shows programs', () => {
  expect(programs.filter(({ place }) => place.startsWith('README.md'))).not.toEqual([]);
});

describe('in a project with the tarball and every peer', () => {
  let project: Project;
  let complaints: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    project = await newProject('commonjs', PULUMI);
    for (const { name, text } of programs) project.write(`${name}.ts`, `${text}\nexport {};\n`);
    complaints = programs.length === 0 ? new Map() : await compile(project);
  });
  afterAll(() => {
    project.remove();
  });

  // One test for all pages: the list is empty until there is a page, and jest takes no empty table.
  test('every program that is shown compiles, and every one shown as refused does not', () => {
    const wrong = programs.flatMap(({ name, place, compiles }) => {
      const said = complaints.get(name) ?? [];
      if (compiles) return said.map((line) => `${place}: ${line}`);
      return said.length > 0 ? [] : [`${place}: compiles, and is shown as refused`];
    });
    expect(wrong).toEqual([]);
  });

  test('every program that synthesizes does so, and says nothing', async () => {
    const wrong: string[] = [];
    for (const { name, place, text, compiles } of programs) {
      if (!compiles || !/\bsynth\(\)/.test(text)) continue;
      const ran = await project.run(
        'node',
        '-e',
        `process.env.CDK8S_OUTDIR = 'dist-${name}'; require('./out/${name}.js')`,
      );
      if (ran.code !== 0 || ran.stderr !== '') wrong.push(`${place}: ${ran.code} ${ran.stderr}`);
      const files = await project.run('find', `dist-${name}`, '-name', '*.yaml');
      if (files.stdout === '') wrong.push(`${place}: wrote no file`);
    }
    expect(wrong).toEqual([]);
  });
});

/** Compiles all programs at once; what the compiler says, by program. */
async function compile(project: Project): Promise<ReadonlyMap<string, readonly string[]>> {
  project.write('tsconfig.json', JSON.stringify(CONFIG));
  const { stdout } = await project.run('node_modules/.bin/tsc', '--pretty', 'false');
  const said = new Map<string, string[]>();
  for (const line of stdout.split('\n').filter((text) => text !== '' && !text.startsWith(' '))) {
    const [, name, rest] = /^([\w-]+)\.ts\((.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) throw new Error(`the compiler said: ${line}`);
    said.set(name, [...(said.get(name) ?? []), rest]);
  }
  return said;
}

const CONFIG = {
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'node16',
    moduleResolution: 'node16',
    types: ['node'],
    skipLibCheck: true,
    outDir: 'out',
  },
  include: ['program-*.ts'],
};
