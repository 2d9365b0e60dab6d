import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { parseLayout } from '../output';
import { formatIssue, type Issue } from '../findings';
import { readYaml } from '../manifest';
import { exitWithUsageCode, UsageError } from './exit';
import { synthTable } from './synth-table';
import { mediumOf } from './table';

interface Options {
  readonly app?: string;
  readonly output?: string;
  readonly layout?: string;
  readonly environment?: string;
  readonly repoUrl?: string;
  readonly revision?: string;
  readonly path?: string;
  readonly applications?: string;
  readonly json?: true;
}

/** One folder the program wrote; the program says so through a file. */
interface Report {
  readonly outdir: string;
  readonly objects: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly files: number;
  readonly written: number;
  readonly removed: number;
  readonly milliseconds: number;
  readonly issues: readonly Issue[];
}

const HELP = `
Layouts
  objects      one file per object, in folders that sort in the order of application (the program's default)
  charts       one file per chart, as cdk8s writes them
  single       everything in one file
  kustomize    one file per object and kustomization.yaml; environments become a base and overlays
  argocd       Argo CD Applications with sync waves; needs --repo-url
  flux         Flux Kustomizations that wait for each other; needs --repo-url (https://, ssh:// or oci://)

Exit codes: 0 written, 1 the program found errors (nothing was written), 2 could not run.`;

/** What cdk8s.yaml says of the program. */
function cdk8sConfig(): { readonly app?: string; readonly output?: string } {
  if (!existsSync('cdk8s.yaml')) return {};
  const { others, issues } = readYaml(readFileSync('cdk8s.yaml', 'utf8'), { file: 'cdk8s.yaml' });
  if (issues.length > 0) throw new UsageError(issues.map(formatIssue).join('\n'));
  const value = others[0]?.value as Readonly<Record<string, unknown>> | undefined;
  const { app, output } = value ?? {};
  return { ...(typeof app === 'string' ? { app } : {}), ...(typeof output === 'string' ? { output } : {}) };
}

/** The layout for the program, as text; nothing where the program decides. */
function layoutText({ layout, repoUrl, revision, path, applications }: Options): string | undefined {
  if (layout === undefined) return undefined;
  if (layout !== 'argocd' && layout !== 'flux') {
    parseLayout(layout);
    return layout;
  }
  if (repoUrl === undefined) throw new UsageError(`The layout ${layout} needs --repo-url.`);
  const common = { layout, ...(path === undefined ? {} : { path }) };
  if (layout === 'argocd') {
    const charts = applications === undefined ? {} : { applications };
    return JSON.stringify({
      ...common,
      repoURL: repoUrl,
      ...(revision === undefined ? {} : { targetRevision: revision }),
      ...charts,
    });
  }
  const isOci = repoUrl.startsWith('oci://');
  const ref = revision === undefined ? {} : { ref: isOci ? { tag: revision } : { branch: revision } };
  return JSON.stringify({
    ...common,
    source: { kind: isOci ? 'OCIRepository' : 'GitRepository', url: repoUrl, ...ref },
  });
}

function readReports(file: string): Report[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Report);
}

function synth(options: Options): void {
  const config = cdk8sConfig();
  const app = options.app ?? config.app;
  if (app === undefined) {
    throw new UsageError('Which program? Give --app, or a cdk8s.yaml with "app: npx tsx main.ts" or the like.');
  }
  const layout = layoutText(options);
  const outdir = options.output ?? config.output ?? 'dist';
  const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-'));
  try {
    const report = join(folder, 'report');
    const child = spawnSync(app, {
      shell: true,
      // What the program prints must not mix with JSON.
      stdio: ['inherit', options.json === true ? 2 : 'inherit', 'inherit'],
      env: {
        ...process.env,
        CDK8S_OUTDIR: outdir,
        ISTIO_CONSTRUCTS_REPORT: report,
        ...(layout === undefined ? {} : { ISTIO_CONSTRUCTS_LAYOUT: layout }),
        ...(options.environment === undefined ? {} : { ISTIO_CONSTRUCTS_ENVIRONMENT: options.environment }),
      },
    });
    if (child.error !== undefined) throw new UsageError(`"${app}" does not run: ${child.error.message}`);
    const reports = readReports(report);
    if (options.json === true) process.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
    else if (reports.length > 0) {
      const rows = reports.map((one) => ({ ...one, name: relative(process.cwd(), one.outdir) || '.' }));
      process.stdout.write(`${synthTable('folder', rows, mediumOf(process.stdout))}\n`);
    }
    if (child.status !== 0) {
      process.exitCode = child.status === 127 || child.status === 126 ? 2 : 1;
      process.stderr.write(
        `"${app}" ended with ${child.signal ?? `code ${String(child.status)}`}; the output is what it was before.\n`,
      );
    } else if (reports.length === 0) {
      throw new UsageError(`"${app}" ended well but no MeshApp of it wrote anything; does it call app.synth()?`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `istio-constructs synth`: runs the program and tells what it wrote. */
export function command(): Command {
  return new Command('synth')
    .description('Run the program and write its objects to files.')
    .option('-a, --app <command>', 'the program (default: "app" of cdk8s.yaml)')
    .option('-o, --output <folder>', 'where to write (default: "output" of cdk8s.yaml, or dist)')
    .option('-l, --layout <layout>', "how to divide the objects into files (default: the program's)")
    .option('-e, --environment <name>', 'only this environment of the program')
    .option('--repo-url <url>', 'where Argo CD or Flux finds the output')
    .option('--revision <name>', 'the branch, tag or OCI tag they follow')
    .option('--path <folder>', 'the folder of the output there')
    .option('--applications <one|charts>', 'Argo CD: one Application, or one per chart')
    .option('--json', 'what was written, as JSON')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      await exitWithUsageCode(() => {
        synth(options);
      });
    });
}
