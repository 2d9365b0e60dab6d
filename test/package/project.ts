import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { tarball } from './pack';

const own = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')) as {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** The version of this package. */
export const ownVersion = own.version;

/** How a program ended, and all it wrote. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Somebody else's project: an empty folder with a package.json, the tarball installed and nothing of ours around it. */
export interface Project {
  readonly folder: string;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string;
  readonly run: (program: string, ...args: string[]) => Promise<Ran>;
  readonly remove: () => void;
}

/** The peers a cdk8s project brings; TypeScript and the types of Node are there to compile with. */
export const CDK8S = ['cdk8s', 'constructs', 'cdk8s-plus-27', 'typescript', '@types/node'];
/** The peers a Pulumi project brings. */
export const PULUMI = [...CDK8S, '@pulumi/pulumi', '@pulumi/kubernetes'];

/** Runs a program in `folder` with nothing on its standard input; never throws for a bad exit code. */
export function run(folder: string, program: string, ...args: string[]): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(
      program,
      args,
      { cwd: folder, encoding: 'utf8', maxBuffer: 64 << 20, env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' } },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr });
      },
    );
    child.stdin?.end();
  });
}

/** Like {@link run}, for what must succeed: an error shows everything the program wrote. */
export async function mustRun(folder: string, program: string, ...args: string[]): Promise<Ran> {
  const ran = await run(folder, program, ...args);
  if (ran.code !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
  }
  return ran;
}

/**
 * A new project of the given module type with the tarball and `dependencies` installed, at the versions this package
 * itself is tested with.
 */
export async function newProject(type: 'commonjs' | 'module', dependencies: readonly string[]): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-user-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const installed = await installedOnce(dependencies);
  symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'));
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
  write('package.json', `${JSON.stringify({ ...manifest, type }, null, 2)}\n`);
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    run: (program, ...args) => run(folder, program, ...args),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** npm takes its time: what it installs for a list of dependencies is made once per run, and shared from then on. */
async function installedOnce(dependencies: readonly string[]): Promise<string> {
  const folder = join(dirname(tarball()), `with-${dependencies.length}-dependencies`);
  if (existsSync(join(folder, 'done'))) return folder;
  mkdirSync(folder, { recursive: true });
  const empty = { name: 'somebody-else', version: '1.0.0', private: true };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(empty));
  const versions = dependencies.map((name) => `${name}@${own.devDependencies[name] ?? 'latest'}`);
  await mustRun(folder, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', tarball(), ...versions);
  writeFileSync(join(folder, 'done'), '');
  return folder;
}
