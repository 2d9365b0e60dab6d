import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { SynthRun, SynthTime } from './synth-run';

/** The program of one run as JavaScript: a loader of TypeScript takes memory of its own, for every module there is. */
function compileRun(): string {
  const folder = join(__dirname, '../../build/bench');
  mkdirSync(folder, { recursive: true });
  for (const name of ['compiled', 'synth-run']) {
    const { outputText } = transpileModule(readFileSync(join(__dirname, `${name}.ts`), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2023 },
    });
    writeFileSync(join(folder, `${name}.js`), outputText);
  }
  return join(folder, 'synth-run.js');
}

/** Each run is a process of its own, so that neither the heap nor the compiled code of one helps another. */
function runApart(program: string, run: SynthRun): SynthTime {
  const output = execFileSync(process.execPath, [program, JSON.stringify(run)], { encoding: 'utf8' });
  return JSON.parse(output) as SynthTime;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The medians of several runs, taken in turn so that a slow minute of the machine hits all alike. */
function medians(base: Omit<SynthRun, 'app'>, rounds: number): Record<SynthRun['app'], SynthTime> {
  const apps = ['cdk8s', 'mesh', 'mesh-checked'] as const;
  const taken: Record<SynthRun['app'], SynthTime[]> = { cdk8s: [], mesh: [], 'mesh-checked': [] };
  const program = compileRun();
  for (let round = 0; round < rounds; round++) {
    for (const app of apps) taken[app].push(runApart(program, { app, ...base }));
  }
  const of = (app: SynthRun['app']): SynthTime => ({
    milliseconds: median(taken[app].map((time) => time.milliseconds)),
    peakMegabytes: median(taken[app].map((time) => time.peakMegabytes)),
  });
  return { cdk8s: of('cdk8s'), mesh: of('mesh'), 'mesh-checked': of('mesh-checked') };
}

/** MeshApp.synth beside App.synth on the same constructs: time, ratio and memory. */
export function benchSynth(rounds = 3): void {
  process.stdout.write('synth of 10 000 objects into a folder in memory, median of fresh processes\n');
  for (const charts of [1, 100, 1000]) printTimes({ of: 'objects', objects: 10_000, charts }, rounds);
  process.stdout.write('synth of services with a canary and a circuit breaker, 5 000 objects\n');
  for (const charts of [1, 50]) printTimes({ of: 'services', objects: 5_000, charts }, rounds);
}

function printTimes(base: Omit<SynthRun, 'app'>, rounds: number): void {
  const times = medians(base, rounds);
  for (const [app, { milliseconds, peakMegabytes }] of Object.entries(times)) {
    const ratio = times.cdk8s.milliseconds / milliseconds;
    process.stdout.write(
      `  ${String(base.charts).padStart(4)} charts  ${app.padEnd(12)}  ${milliseconds.toFixed(0).padStart(6)} ms  ` +
        `${ratio.toFixed(1).padStart(5)} x  ${String(peakMegabytes).padStart(4)} MB\n`,
    );
  }
}
