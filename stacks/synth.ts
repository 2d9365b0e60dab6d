import { performance } from 'node:perf_hooks';
import { IssueError, MeshApp, type Issue } from 'istio-constructs';
import { endWithReader } from '../lib/cli/exit';
import { synthTable } from '../lib/cli/synth-table';
import { mediumOf } from '../lib/cli/table';
import { countKinds } from '../lib/manifest';
import type { Stack } from './stack';

/** What came of synthesizing one stack. */
export interface Synthesized {
  readonly stack: Stack;
  readonly folder: string;
  /** How many objects of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly files: number;
  readonly milliseconds: number;
  readonly issues: readonly Issue[];
}

/** Synthesizes a stack into a folder. Errors are among the issues of the result; then nothing was written. */
export function synthesize(stack: Stack, folder: string): Synthesized {
  const start = performance.now();
  const app = new MeshApp({ outdir: folder });
  const base = { stack, folder };
  try {
    stack.build(app);
    const { manifests, issues, files } = app.synth();
    const kinds = countKinds(manifests.map(({ object }) => object));
    return { ...base, kinds, files: files.size, milliseconds: performance.now() - start, issues };
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    return { ...base, kinds: {}, files: 0, milliseconds: performance.now() - start, issues: error.issues };
  }
}

/** The results as an aligned table, the findings below it. */
export function report(results: readonly Synthesized[]): string {
  const rows = results.map((one) => ({ ...one, name: one.stack.name }));
  return synthTable('stack', rows, mediumOf(process.stdout));
}

/** Where the folders of the stacks go: where the cdk8s command line says, or under dist. */
const base = process.env['CDK8S_OUTDIR'] ?? 'dist';

/** Synthesizes stacks, prints a line each (`--json`: their data), and says by the exit code whether all went well. */
export function synthesizeAll(stacks: readonly Stack[]): void {
  const results = stacks.map((stack) => synthesize(stack, `${base}/${stack.name}`));
  const isJson = process.argv.includes('--json');
  endWithReader();
  process.stdout.write(`${isJson ? JSON.stringify(results.map(dataOf), null, 2) : report(results)}\n`);
  if (results.some(({ issues }) => issues.some((issue) => issue.severity === 'error'))) process.exitCode = 1;
}

function dataOf({ stack, folder, kinds, files, milliseconds, issues }: Synthesized): object {
  return { stack: stack.name, folder, kinds, files, milliseconds: Math.round(milliseconds), issues };
}
