// The public API as files: docs/api-report/*.md, what each entry of the package exports, with its signature.
// `npm run api-report` builds the package and writes them; with `--check` nothing is written, the built declarations are
// compared, and the exit code is 1 where a report is out of date.
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';

const root = resolve(import.meta.dirname, '..');
const reports = join(root, 'docs', 'api-report');
const generated = join(root, 'build', 'lib', 'api', 'generated');
const isCheck = process.argv.includes('--check');

const entries = Object.entries(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).exports)
  .filter(([, file]) => file.endsWith('.js'))
  .map(([subpath, file]) => ({ subpath, declarations: join(root, file.replace(/\.js$/, '.d.ts')) }));

const missing = entries.find(({ declarations }) => !existsSync(declarations));
if (missing !== undefined) fail(`${missing.declarations} is not there: npm run build`);

const scratch = mkdtempSync(join(tmpdir(), 'api-report-'));
process.on('exit', () => {
  rmSync(scratch, { recursive: true, force: true });
});
const written = entries.map((entry) => ({ name: `${nameOf(entry.subpath)}.md`, text: reportOf(entry) }));
if (isCheck) check(written);
else write(written);

function write(written) {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  for (const { name, text } of written) writeFileSync(join(reports, name), text);
}

function check(written) {
  const stale = written.filter(({ name, text }) => readOr(join(reports, name)) !== text).map(({ name }) => name);
  const names = new Set(written.map(({ name }) => name));
  const extra = existsSync(reports) ? readdirSync(reports).filter((name) => !names.has(name)) : [];
  const wrong = [...stale, ...extra].map((name) => `docs/api-report/${name}`);
  if (wrong.length > 0) fail(`out of date: ${wrong.join(', ')}. Write them with npm run api-report, and review the difference.`);
}

/** The report of one entry, without what repeats in every line, and with the generated types as a list of names. */
function reportOf({ subpath, declarations }) {
  const name = nameOf(subpath);
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: declarations,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          extends: './tsconfig.json',
          compilerOptions: { types: ['node'], paths: {} },
          include: ['build'],
          exclude: [],
        },
      },
      apiReport: { enabled: true, reportFileName: `${name}.api.md`, reportFolder: scratch, reportTempFolder: join(scratch, 'temp') },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const result = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Error) process.stderr.write(`${message.text}\n`);
      message.handled = true;
    },
  });
  if (!result.succeeded) fail(`no report of ${declarations}`);
  return shortened(subpath, readFileSync(join(scratch, `${name}.api.md`), 'utf8'));
}

function shortened(subpath, report) {
  const code = /^```ts\n([\s\S]*)^```$/m.exec(report)[1];
  const blocks = code
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => !/^\s*\/\/ (@public|\(undocumented\)|\(No @package)/.test(line)))
    .map((lines) => lines.join('\n').trim())
    .filter((block) => block !== '');
  const names = generatedNames();
  const isGenerated = (block) => names.has(/^export (?:declare )?(?:interface|type|const) (\w+)/.exec(block)?.[1]);
  const list = blocks.filter(isGenerated).map((block) => `\`${/^export \S+ (\w+)/.exec(block)[1]}\``);
  const specifier = subpath === '.' ? 'istio-constructs' : `istio-constructs/${nameOf(subpath)}`;
  return [
    `# ${specifier}`,
    'Written by `npm run api-report`; reviewed like source, for a difference here is one that users see.',
    `\`\`\`typescript\n${blocks.filter((block) => !isGenerated(block)).join('\n\n')}\n\`\`\``,
    ...(list.length === 0 ? [] : [`Generated from Istio's CRDs, by name:\n\n${list.join('\n')}`]),
  ].join('\n\n').concat('\n');
}

/** The types made from Istio's CRDs: they change with a release of Istio, and their sources are reviewed where they lie. */
function generatedNames() {
  const files = readdirSync(generated, { recursive: true }).filter((file) => file.endsWith('.d.ts'));
  const text = files.map((file) => readFileSync(join(generated, file), 'utf8')).join('\n');
  return new Set([...text.matchAll(/^export (?:declare )?(?:interface|type|const) (\w+)/gm)].map((match) => match[1]));
}

function nameOf(subpath) {
  return subpath === '.' ? 'index' : subpath.replace('./', '');
}

function readOr(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
