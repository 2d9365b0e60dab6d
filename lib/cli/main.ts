#!/usr/bin/env node
import { Command } from 'commander';
import { endWithReader } from './exit';

/** One subcommand: what `--help` lists, and the module that has the rest, loaded only when it is called. */
interface Entry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: () => Command }>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  init: { summary: 'Make a new project: a mesh, one service, a canary and a test.', load: () => import('./init.js') },
  inject: { summary: 'Print workloads with their sidecars in them.', load: () => import('./inject.js') },
  manifest: { summary: 'Print every object of an install of Istio.', load: () => import('./manifest.js') },
  synth: { summary: 'Run the program and write its objects to files.', load: () => import('./synth.js') },
  validate: {
    summary: 'Check Istio objects in files as the API server and the webhook would.',
    load: () => import('./validate.js'),
  },
  diff: { summary: 'Compare two sets of objects by meaning, object by object.', load: () => import('./diff.js') },
};

/** Runs the command line; the exit code is 0, 1 where something was found to be wrong, 2 where the call was. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('istio-constructs').description('The Istio service mesh as typed code.');
  program.exitOverride((error) => {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    throw error;
  });
  const called = argv.find((argument) => !argument.startsWith('-'));
  for (const [name, entry] of Object.entries(COMMANDS)) {
    if (name === called) program.addCommand((await entry.load()).command().copyInheritedSettings(program));
    else program.command(name).description(entry.summary);
  }
  await program.parseAsync(argv, { from: 'user' });
}

if (require.main === module) {
  endWithReader();
  main(process.argv.slice(2)).catch((error: unknown) => {
    if (process.exitCode === undefined) process.exitCode = 1;
    const isUsage = error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
    if (!isUsage) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  });
}
