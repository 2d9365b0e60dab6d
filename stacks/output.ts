import { performance } from 'node:perf_hooks';
import { MeshApp, type Issue } from 'istio-constructs';
import { countKinds } from '../lib/manifest';
import { layOut } from '../lib/output';
import type { Files } from './snapshot';
import type { Stack } from './stack';

/** What a stack gives, before anything is written. */
export interface StackOutput {
  readonly stack: Stack;
  /** One file per object. */
  readonly files: Files;
  /** How many objects of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly milliseconds: number;
  /** The warnings; errors are thrown. */
  readonly issues: readonly Issue[];
}

/**
 * Synthesizes a stack in memory.
 *
 * @throws IssueError with every error that was found
 */
export function outputOf(stack: Stack): StackOutput {
  const start = performance.now();
  const app = new MeshApp();
  stack.build(app);
  const { manifests, issues } = app.check();
  const kinds = countKinds(manifests.map(({ object }) => object));
  return { stack, files: layOut(manifests), kinds, milliseconds: performance.now() - start, issues };
}
