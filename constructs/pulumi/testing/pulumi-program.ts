import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEngine, type EngineAnswers, type EngineRecord } from './engine-server';
import { ProgramRun } from './program-run';
import type { RegisteredResource } from './registered-resource';
import { RUN_COMMAND } from './sdk-wire';
import { stepsBetween } from './steps';

/** A Pulumi program and the world it runs in. */
export interface PulumiProgramOptions {
  /** The program: a JavaScript or TypeScript file (tsx must be installed for the latter). */
  readonly program: string;
  /**
   * Folder to run in.
   * @default - the folder of the program
   */
  readonly cwd?: string;
  /** @default 'project' */
  readonly project?: string;
  /** @default 'stack' */
  readonly stack?: string;
  /** Configuration; keys without a namespace belong to the project. */
  readonly config?: Readonly<Record<string, string>>;
  /** Configuration that is secret. */
  readonly secretConfig?: Readonly<Record<string, string>>;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * What the provider adds to the inputs of a resource when it is created: the status of a Service, the result of a random
   * password. Not known in a preview.
   *
   * @default - nothing
   */
  readonly outputs?: EngineAnswers['outputs'];
  /**
   * Answers to function calls (`pulumi.runtime.invoke`).
   * @default - a call is an error
   */
  readonly invoke?: EngineAnswers['invoke'];
  /** @default 120000 */
  readonly timeoutMs?: number;
}

/**
 * Runs a Pulumi program as the Pulumi CLI would, against an engine in this process: the real SDK, in a process of its own,
 * over the real protocol, without the CLI, a provider or a cluster. What an update registered is remembered, so that the
 * next run can say what it would change.
 *
 * @example
 * ```ts
 * const program = new PulumiProgram({ program: 'infra/index.ts', config: { percent: '10' } });
 * const preview = await program.preview();
 * expect(preview.resource('VirtualService', 'shop/reviews').unknowns).toEqual([]);
 * await program.up();
 * expect((await program.preview({ config: { percent: '20' } })).changed()).toEqual(['shop/VirtualService...']);
 * ```
 */
export class PulumiProgram {
  private state: readonly RegisteredResource[] = [];

  constructor(private readonly options: PulumiProgramOptions) {}

  /** What an update would do; values that only an update can know are unknown. */
  preview(changes: Partial<PulumiProgramOptions> = {}): Promise<ProgramRun> {
    return this.run({ ...this.options, ...changes }, true);
  }

  /** Runs the program for good, and remembers what it registered when it succeeded. */
  async up(changes: Partial<PulumiProgramOptions> = {}): Promise<ProgramRun> {
    const run = await this.run({ ...this.options, ...changes }, false);
    if (run.succeeded) this.state = run.resources;
    return run;
  }

  private async run(options: PulumiProgramOptions, isPreview: boolean): Promise<ProgramRun> {
    const { project = 'project', stack = 'stack' } = options;
    const engine = await startEngine({
      project,
      stack,
      isPreview,
      answers: {
        outputs: options.outputs ?? (() => ({})),
        invoke:
          options.invoke ??
          ((token) => {
            throw new Error(`the program calls ${token}; say what it answers with the option "invoke"`);
          }),
      },
    });
    try {
      const ended = await execute(options, project, stack, engine.address, isPreview);
      return finish(ended, engine.record, stepsBetween(project, stack, this.state, engine.record.resources));
    } finally {
      engine.stop();
    }
  }
}

interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

/** A run that registered nothing has tested nothing, whatever its exit code. */
function finish(ended: Ended, record: EngineRecord, steps: ReturnType<typeof stepsBetween>): ProgramRun {
  const run = new ProgramRun(ended.exitCode, ended.output, record, steps);
  if (run.succeeded && run.resources.length === 0) {
    throw new Error(`the program ended without registering a resource:\n${ended.output}`);
  }
  return run;
}

function withNamespace(project: string, config: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.includes(':') ? key : `${project}:${key}`, value]),
  );
}

/** What Node.js needs to read the program. */
function loaderArguments(program: string): string[] {
  if (!/\.[cm]?tsx?$/.test(program)) return [];
  const nearby = [createRequire(program), createRequire(__filename)];
  for (const require of nearby) {
    try {
      return ['--import', pathToFileURL(require.resolve('tsx')).href];
    } catch {
      // The next one may have it.
    }
  }
  throw new Error(`${program} is TypeScript, and tsx is not installed; install it, or compile the program`);
}

function execute(
  options: PulumiProgramOptions,
  project: string,
  stack: string,
  address: string,
  isPreview: boolean,
): Promise<Ended> {
  const program = resolve(options.program);
  const config = {
    ...withNamespace(project, options.config ?? {}),
    ...withNamespace(project, options.secretConfig ?? {}),
  };
  const secretKeys = Object.keys(withNamespace(project, options.secretConfig ?? {}));
  const flags = { monitor: address, engine: address, project, stack, organization: 'organization', parallel: '16' };
  const child = spawn(
    process.execPath,
    [
      ...loaderArguments(program),
      RUN_COMMAND,
      ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]),
      ...['--pwd', resolve(options.cwd ?? dirname(program))],
      ...(isPreview ? ['--dry-run'] : []),
      program,
    ],
    {
      cwd: resolve(options.cwd ?? dirname(program)),
      env: {
        ...process.env,
        ...options.env,
        PULUMI_CONFIG: JSON.stringify(config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
      },
      timeout: options.timeoutMs ?? 120_000,
    },
  );
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => {
      done({ exitCode: code ?? 1, output: signal === null ? output : `${output}\nended by ${signal}` });
    });
  });
}
