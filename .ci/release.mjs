// Everything of a release but the publish: `npm run release -- VERSION|patch|minor|major [--dry-run]`.
// --dry-run does all of it in a clone that is thrown away. docs/releasing.md tells the whole way.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { dated } from './changelog.mjs';

const root = resolve(import.meta.dirname, '..');
const CHANGED = ['package.json', 'package-lock.json', 'CHANGELOG.md'];
const args = process.argv.slice(2);
const isDry = args.includes('--dry-run');

try {
  const [wanted, ...more] = args.filter((argument) => argument !== '--dry-run');
  if (wanted === undefined || more.length > 0) {
    throw new Error('usage: npm run release -- VERSION|patch|minor|major [--dry-run]');
  }
  const version = nextVersion(readPackage(root).version, wanted);
  checkCheckout(version);
  if (isDry) inClone((clone) => release(clone, version));
  else release(root, version);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** What must be true before anything is changed. */
function checkCheckout(version) {
  const changes = output(root, 'git', 'status', '--porcelain');
  if (changes !== '') throw new Error(`the working copy has changes; commit or stash them first:\n${changes}`);
  if (output(root, 'git', 'tag', '--list', `v${version}`) !== '') throw new Error(`the tag v${version} is there already`);
  if (readPackage(root).repository === undefined) {
    const sentence = 'package.json has no "repository"; npm compares it with the provenance and refuses the package without it';
    if (!isDry) throw new Error(sentence);
    say(`note: ${sentence}`);
  }
}

/** Version, changelog, checks, tarball; then, where all is well, the commit and the tag. A failure leaves the files as they were. */
function release(folder, version) {
  const before = CHANGED.map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
  try {
    step(`version ${version}`, () => {
      output(folder, 'npm', 'version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts');
      const changelog = join(folder, 'CHANGELOG.md');
      writeFileSync(changelog, dated(readFileSync(changelog, 'utf8'), version, today()));
    });
    step('build', () => run(folder, 'npm', 'run', '--silent', 'build'));
    step('api-report', () => run(folder, process.execPath, '.ci/api-report.mjs', '--check'));
    step('publint, attw, exports and contents of the tarball', () => {
      const suites = ['contents', 'exports', 'lint'].map((suite) => `test/package/${suite}.test.ts`);
      run(folder, 'npx', '--no-install', 'jest', '--config', 'test/package/jest.config.js', '--ci', ...suites);
    });
  } catch (error) {
    for (const [file, text] of before) writeFileSync(join(folder, file), text);
    throw error;
  }
  const tarball = pack(folder);
  output(folder, 'git', 'commit', '--quiet', '--all', '--message', `release: ${version}`);
  output(folder, 'git', 'tag', '--annotate', `v${version}`, '--message', `istio-constructs ${version}`);
  say(output(folder, 'git', 'show', '--stat', '--format=%D: %s', 'HEAD'));
  say(isDry ? '\nDry run: the clone is removed, nothing here has changed. After a real run:' : '\nWhat is left:');
  const tag = version.includes('-') ? ' --tag next' : '';
  say(`  git push origin HEAD v${version}`);
  say(`  npm publish ${tarball} --provenance --access public${tag}     # in a workflow with id-token: write`);
}

/** The tarball that is published, byte for byte, under build/release. */
function pack(folder) {
  const place = join('build', 'release');
  rmSync(join(folder, place), { recursive: true, force: true });
  mkdirSync(join(folder, place), { recursive: true });
  const [packed] = JSON.parse(
    output(folder, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', place),
  );
  const path = join(place, packed.filename);
  const bytes = readFileSync(join(folder, path));
  say(`${path}: ${packed.files.length} files, ${statSync(join(folder, path)).size} bytes`);
  say(`sha512-${createHash('sha512').update(bytes).digest('base64')}`);
  return path;
}

/** Runs an act in a clone of this checkout, with its node_modules. */
function inClone(act) {
  const clone = mkdtempSync(join(tmpdir(), 'istio-constructs-release-'));
  try {
    output(root, 'git', 'clone', '--quiet', '--local', root, clone);
    for (const key of ['user.name', 'user.email']) {
      output(clone, 'git', 'config', key, output(root, 'git', 'config', '--default', 'dry-run', '--get', key));
    }
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'dir');
    act(clone);
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
}

function nextVersion(current, wanted) {
  const [major, minor, patch] = current.split('-')[0].split('.').map(Number);
  if (wanted === 'major') return `${major + 1}.0.0`;
  if (wanted === 'minor') return `${major}.${minor + 1}.0`;
  if (wanted === 'patch') return `${major}.${minor}.${patch + 1}`;
  if (/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[\w.-]+)?$/.test(wanted)) return wanted;
  throw new Error(`"${wanted}" is not a version; give patch, minor, major or one like 1.2.3 or 1.2.3-rc.1`);
}

function readPackage(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

function step(name, act) {
  say(`== ${name}`);
  act();
}

function run(cwd, command, ...args) {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
}

function output(cwd, command, ...args) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
