import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const NOTES = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A construct.\n\n## [0.1.0] - 2026-01-01\n\n- All.\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

/** A project of two files with the scripts of this one, released with some arguments. */
function release(...args: string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [join(folder, '.ci/release.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stderr };
}

function project(manifest: object = { repository: 'https://example.com/a.git' }, changelog = NOTES): void {
  for (const file of ['release.mjs', 'changelog.mjs']) cpSync(join(root, '.ci', file), join(folder, '.ci', file));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name: 'a', version: '0.1.0', ...manifest })}\n`);
  writeFileSync(join(folder, 'package-lock.json'), '{ "lockfileVersion": 3, "packages": {} }\n');
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'start');
}

test.each([
  [[], 'usage: npm run release'],
  [['next'], '"next" is not a version'],
  [['1.2'], '"1.2" is not a version'],
])('refuses the arguments %j', (args, message) => {
  project();
  expect(release(...args).stderr).toContain(message);
});

test('refuses a working copy with changes', () => {
  project();
  writeFileSync(join(folder, 'new.txt'), '');
  expect(release('patch').stderr).toContain('the working copy has changes');
});

test('refuses a version whose tag is there', () => {
  project();
  git('tag', 'v0.1.1');
  expect(release('patch').stderr).toContain('the tag v0.1.1 is there already');
});

test('refuses a package without a repository', () => {
  project({});
  expect(release('patch').stderr).toContain('package.json has no "repository"');
});

test.each([
  ['# Changelog\n', 'CHANGELOG.md has no "## [Unreleased]"'],
  ['## [Unreleased]\n\n### Added\n\n## [0.1.0] - 2026-01-01\n\n- All.\n', 'nothing under Unreleased'],
  ['## [Unreleased]\n\n- A.\n\n## [0.2.0] - 2026-01-01\n', 'has a section for 0.2.0 already'],
])('refuses the changelog %j', (changelog, message) => {
  project(undefined, changelog);
  const ran = release('minor');
  expect(ran).toEqual({ status: 1, stderr: expect.stringContaining(message) as string });
});

test('refuses a package that does not build, and leaves every file as it was', () => {
  project();
  expect(release('minor').status).toBe(1);
  expect(git('status', '--porcelain')).toBe('');
  expect(git('tag')).toBe('');
});

test('the changelog of this project has one section for each kind of change under a version', () => {
  const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const versions = text.split(/^## /m).slice(1);
  expect(versions[0]).toMatch(/^\[Unreleased\]\n/);
  for (const version of versions) {
    const kinds = [...version.matchAll(/^### (.*)$/gm)].map((match) => match[1]);
    expect(kinds).toEqual([...new Set(kinds)]);
    const allowed = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    expect(kinds.filter((kind) => !allowed.includes(kind ?? ''))).toEqual([]);
  }
});
