import { performance } from 'node:perf_hooks';
import { IssueError, MeshApp, formatIssue, type Issue } from 'istio-constructs';
import type { Stack } from './stack';

/** What came of synthesizing one stack. */
export interface Synthesized {
  readonly stack: Stack;
  readonly folder: string;
  readonly objects: number;
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
    return { ...base, objects: manifests.length, files: files.size, milliseconds: performance.now() - start, issues };
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    return { ...base, objects: 0, files: 0, milliseconds: performance.now() - start, issues: error.issues };
  }
}

/** The results as aligned lines, the findings below them. */
export function report(results: readonly Synthesized[]): string {
  const rows = results.map(({ folder, objects, files, milliseconds, issues }) => [
    folder,
    `${objects} objects`,
    `${files} files`,
    `${milliseconds.toFixed(0)} ms`,
    findings(issues),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return [...lines, ...results.flatMap(({ issues }) => issues.map(formatIssue))].join('\n');
}

function findings(issues: readonly Issue[]): string {
  const count = (severity: string): number => issues.filter((issue) => issue.severity === severity).length;
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const number = count(severity);
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** Where the folders of the stacks go: where the cdk8s command line says, or under dist. */
const base = process.env['CDK8S_OUTDIR'] ?? 'dist';

/** Synthesizes stacks, prints a line each, and says by the exit code whether all went well. */
export function synthesizeAll(stacks: readonly Stack[]): void {
  const results = stacks.map((stack) => synthesize(stack, `${base}/${stack.name}`));
  process.stdout.write(`${report(results)}\n`);
  if (results.some(({ issues }) => issues.some((issue) => issue.severity === 'error'))) process.exitCode = 1;
}
