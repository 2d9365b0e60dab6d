import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { cdk8sProject } from './templates/cdk8s';
import type { ProjectFacts, ProjectFiles } from './templates/project';
import { pulumiProject } from './templates/pulumi';

const TEMPLATES: Readonly<Record<string, (facts: ProjectFacts) => ProjectFiles>> = {
  cdk8s: cdk8sProject,
  pulumi: pulumiProject,
};

/** What each template's first steps are, after `npm install`. */
const NEXT: Readonly<Record<string, string>> = { cdk8s: 'npm run synth', pulumi: 'pulumi up' };

/** `istio-constructs init DIR`: a new project that works as it is. */
export function command(): Command {
  return new Command('init')
    .description('Make a new project: a mesh, one service, a canary and a test.')
    .argument('<dir>', 'folder of the project; made where there is none, and must be empty')
    .addOption(
      new Option('-t, --template <name>', 'what the project is made for')
        .choices(Object.keys(TEMPLATES))
        .default('cdk8s'),
    )
    .action((dir: string, { template }: { template: string }, self: Command) => {
      const folder = resolve(dir);
      const occupied = whatIsIn(folder);
      if (occupied !== undefined) {
        self.error(`error: ${dir} ${occupied}; name a folder that is empty or does not exist yet`);
      }
      const project = TEMPLATES[template];
      if (project === undefined) throw new Error(`there is no template ${template}`);
      const files = project({ name: packageName(folder), versions: versions() });
      writeProject(folder, files);
      process.stdout.write(report(folder, files, template));
    });
}

/** What keeps a folder from being used; a repository without a commit is as good as an empty folder. */
function whatIsIn(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  try {
    const found = readdirSync(folder).filter((name) => name !== '.git');
    return found.length === 0 ? undefined : `is not empty: it has ${found.slice(0, 3).join(', ')}`;
  } catch {
    return 'is not a folder';
  }
}

/** The name of the folder as npm and Pulumi allow it: lower case letters, digits, `-`, beginning with a letter. */
function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return name === '' ? 'mesh' : name;
}

/** The versions this package is made for and tested with; itself, from its own release on. */
function versions(): Record<string, string> {
  const own = ownPackage();
  const pinned = Object.entries(own.devDependencies ?? {}).map(([name, version]) => [name, `^${version}`] as const);
  return { ...Object.fromEntries(pinned), ...own.peerDependencies, [own.name]: `^${own.version}` };
}

interface OwnPackage {
  readonly name: string;
  readonly version: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package.json of this package, whether it runs compiled or from source. */
function ownPackage(): OwnPackage {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as OwnPackage;
}

function writeProject(folder: string, files: ProjectFiles): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { flag: 'wx' });
  }
}

function report(folder: string, files: ProjectFiles, template: string): string {
  const shown = relative(process.cwd(), folder) || '.';
  const list = Object.keys(files).map((path) => `  ${join(shown, path)}`);
  const steps = [
    ...(shown === '.' ? [] : [`cd ${/^[\w./-]+$/.test(shown) ? shown : `'${shown}'`}`]),
    'npm install',
    'npm test',
    NEXT[template] ?? '',
  ];
  return [`A ${template} project in ${shown}:`, ...list, '', 'Next:', ...steps.map((step) => `  ${step}`), ''].join(
    '\n',
  );
}
