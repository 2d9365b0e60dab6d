import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const root = resolve(__dirname, '../..');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(path: string, text: string, isProgram = false): void {
  writeFileSync(join(folder, path), text);
  if (isProgram) chmodSync(join(folder, path), 0o755);
}

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd, encoding: 'utf8' });

const PROGRAM = (replicas: number): string => `
import { MeshApp, MeshChart, MeshService } from '${root}/constructs/index';
import { Mesh } from '${root}/constructs';
const app = new MeshApp();
const shop = new MeshChart(app, 'shop', { mesh: Mesh.existing() });
new MeshService(shop, 'reviews', { port: 9080, versions: { v1: { image: 'example/reviews:1', replicas: ${replicas} } } });
app.synth();
`;

/**
 * A project and a GitOps repository, and the tools a runner has: npx runs this project's command line, npm does nothing
 * (there is nothing to install), gh and curl write down how they were called.
 */
function prepare(): void {
  mkdirSync(join(folder, 'bin'));
  put('bin/npm', '#!/bin/sh\nexit 0\n', true);
  put('bin/npx', `#!/bin/sh\nshift\nexec ${process.execPath} ${tsx} ${root}/lib/cli/main.ts "$@"\n`, true);
  const recorder = (name: string): string =>
    `#!/bin/sh\nfor argument in "$@"; do printf '%s\\n' "$argument" >> "${folder}/${name}.calls"; done\n`;
  put('bin/gh', recorder('gh'), true);
  put('bin/curl', recorder('curl'), true);
  git(folder, 'init', '-q', '--bare', '-b', 'main', 'gitops.git');
  git(folder, 'clone', '-q', join(folder, 'gitops.git'), 'seed');
  mkdirSync(join(folder, 'seed', 'shop'));
  put('seed/shop/README.md', 'written by people\n');
  git(join(folder, 'seed'), 'add', '.');
  git(join(folder, 'seed'), 'commit', '-q', '-m', 'start');
  git(join(folder, 'seed'), 'push', '-q', 'origin', 'HEAD:main');
}

/** A fresh checkout of the project, as each run of a pipeline gets. */
function checkout(replicas: number): string {
  const work = join(folder, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  put('work/main.ts', PROGRAM(replicas));
  put('work/cdk8s.yaml', `language: typescript\napp: ${process.execPath} ${tsx} main.ts\n`);
  return work;
}

/** Runs lines the way a runner does: one shell, which ends at the first error. */
function run(cwd: string, lines: string, env: Record<string, string>): void {
  const result = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', lines], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`, ...env },
  });
  expect({ lines, status: result.status, stderr: result.stderr }).toEqual({ lines, status: 0, stderr: result.stderr });
}

const deployed = (): string[] =>
  git(join(folder, 'gitops.git'), 'ls-tree', '-r', '--name-only', 'main').trim().split('\n');
const lastMessage = (): string => git(join(folder, 'gitops.git'), 'log', '-1', '--format=%B', 'main');
const commits = (): number => Number(git(join(folder, 'gitops.git'), 'rev-list', '--count', 'main'));
const calls = (name: string): string[] | undefined => {
  const file = join(folder, `${name}.calls`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : undefined;
};

/** What both recipes must do, given a way to run them. */
function itWorks(
  onRequest: (replicas: number) => void,
  onMain: (replicas: number) => void,
  comment: RegExp,
  tool: string,
): void {
  prepare();
  onRequest(1);
  expect(calls(tool)?.join(' ')).toMatch(comment);
  expect(readFileSync(join(folder, 'work', 'diff.md'), 'utf8')).toMatch(/^\*\*\d+ added, 0 the same\*\*/);
  expect(commits()).toBe(1);

  onMain(1);
  expect(commits()).toBe(2);
  expect(deployed()).toEqual(
    expect.arrayContaining(['shop/README.md', 'shop/60-workload/shop/deployment-reviews-v1.yaml']),
  );

  onMain(1);
  expect(commits()).toBe(2);

  onMain(3);
  expect(commits()).toBe(3);
  expect(lastMessage()).toMatch(
    /^shop: 0123abc\n\n\*\*1 changed, \d+ the same\*\*\n\n```diff\n! Deployment shop\/reviews-v1 .*\n {4}(\+ )?spec\.replicas: (1 -> )?3/,
  );
  expect(git(join(folder, 'gitops.git'), 'show', '--stat', '--format=', 'main')).toContain('1 file changed');
}

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Workflow {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

interface GitLabJob {
  readonly extends?: string;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly rules?: readonly { readonly if: string }[];
}

const text = (name: string): string => readFileSync(join(root, 'docs', 'ci', name), 'utf8');

describe('GitHub Actions', () => {
  const workflow = parse(text('github-actions.yaml')) as Workflow;

  /** Runs the steps of a job for an event; what `uses` brings is put there by hand. */
  function job(event: 'pull_request' | 'push', replicas: number): void {
    const work = checkout(replicas);
    git(work, 'clone', '-q', join(folder, 'gitops.git'), 'gitops');
    for (const step of workflow.jobs.mesh!.steps) {
      if (step.run === undefined) continue;
      if (step.if !== undefined && step.if !== `github.event_name == '${event}'`) continue;
      const env = Object.fromEntries(
        Object.entries(step.env ?? {}).map(([key, value]) => [key, value.includes('number') ? '7' : 'token']),
      );
      run(join(work, step['working-directory'] ?? '.'), step.run, { ...workflow.env, ...env, GITHUB_SHA: '0123abc' });
    }
  }

  test('steps get values of the event through the environment only, never into the shell text', () => {
    for (const { run: lines } of workflow.jobs.mesh!.steps) expect(lines ?? '').not.toContain('${{');
  });

  test('comments on a pull request, deploys on main, and commits nothing when nothing changed', () => {
    itWorks(
      (replicas) => job('pull_request', replicas),
      (replicas) => job('push', replicas),
      /^pr comment 7 .*--body-file diff\.md$/,
      'gh',
    );
  }, 120_000);
});

describe('GitLab', () => {
  const pipeline = parse(text('gitlab-ci.yaml')) as Readonly<Record<string, GitLabJob>> & {
    readonly variables: Readonly<Record<string, string>>;
  };

  function job(name: string, replicas: number): void {
    const work = checkout(replicas);
    const own = pipeline[name]!;
    const lines = [...(pipeline[own.extends ?? '']?.before_script ?? []), ...(own.script ?? [])].join('\n');
    run(work, lines, {
      ...pipeline.variables,
      GITOPS_URL: join(folder, 'gitops.git'),
      COMMENT_TOKEN: 'token',
      CI_API_V4_URL: 'https://gitlab.example.com/api/v4',
      CI_PROJECT_ID: '5',
      CI_MERGE_REQUEST_IID: '7',
      CI_COMMIT_SHA: '0123abc',
    });
  }

  test('comments on a merge request, deploys on the default branch, and commits nothing when nothing changed', () => {
    const comment =
      /--form body=<diff\.md https:\/\/gitlab\.example\.com\/api\/v4\/projects\/5\/merge_requests\/7\/notes$/;
    itWorks(
      (replicas) => job('mesh-diff', replicas),
      (replicas) => job('mesh-deploy', replicas),
      comment,
      'curl',
    );
  }, 120_000);

  test('each job says when it runs', () => {
    for (const name of ['mesh-diff', 'mesh-deploy']) expect(pipeline[name]?.rules).toHaveLength(1);
  });
});

test.each(['github-actions.yaml', 'gitlab-ci.yaml'])('%s is shown in docs/ci.md', (name) => {
  expect(readFileSync(join(root, 'docs', 'ci.md'), 'utf8')).toContain(`(ci/${name})`);
});
