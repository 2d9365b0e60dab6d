import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '..');

/** Lower layers know nothing of higher ones. A file may import its own layer and every layer named here. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'lib/manifest': [],
  'lib/api': ['lib/manifest'],
  lib: ['lib/manifest', 'lib/api'],
  constructs: ['lib', 'lib/manifest', 'lib/api'],
  bookinfo: ['constructs', 'lib', 'lib/manifest', 'lib/api'],
  sockshop: ['constructs', 'lib', 'lib/manifest', 'lib/api'],
  // The bridge has ready components for the two applications; nothing but stacks knows it.
  'constructs/pulumi': ['bookinfo', 'sockshop', 'constructs', 'lib', 'lib/manifest', 'lib/api'],
  stacks: ['constructs/pulumi', 'bookinfo', 'sockshop', 'constructs', 'lib', 'lib/manifest', 'lib/api'],
};

/** The command line and the build-time importer may touch the machine; the rest of lib is pure. */
const MAY_TOUCH_THE_MACHINE = /^lib\/(cli\/|api\/import-crds)/;
const MACHINE = /^(node:)?(fs|fs\/promises|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|os)$/;
const FRAMEWORK = /^(cdk8s|constructs|cdk8s-plus-\d+|@pulumi\/.*|@grpc\/.*)$/;

function layerOf(file: string): string | undefined {
  const parts = file.split('/');
  if (parts[0] === 'lib') {
    const two = parts.slice(0, 2).join('/');
    return two in ALLOWED ? two : 'lib';
  }
  if (/^constructs\/pulumi(\/|$)/.test(file)) return 'constructs/pulumi';
  const first = parts[0] ?? '';
  return first in ALLOWED ? first : undefined;
}

function sourceFiles(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.split(sep).join('/')}`);
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.map((imported) => imported.fileName);
}

/** What is wrong with the imports of one file, a sentence each. */
function violations(file: string, imports: readonly string[]): string[] {
  const layer = layerOf(file);
  if (layer === undefined) return [`${file} is in no layer`];
  const found: string[] = [];
  for (const specifier of imports) {
    if (specifier.startsWith('.')) {
      const target = relative(root, resolve(root, dirname(file), specifier))
        .split(sep)
        .join('/');
      const targetLayer = layerOf(target);
      if (targetLayer !== layer && !(ALLOWED[layer] ?? []).includes(targetLayer ?? '')) {
        found.push(`${file} (${layer}) imports ${target} (${targetLayer ?? 'no layer'})`);
      }
      continue;
    }
    if (layer.startsWith('lib') && FRAMEWORK.test(specifier)) found.push(`${file} imports the framework ${specifier}`);
    if (layer.startsWith('lib') && MACHINE.test(specifier) && !MAY_TOUCH_THE_MACHINE.test(file)) {
      found.push(`${file} touches the machine through ${specifier}`);
    }
    if (/^@pulumi\//.test(specifier) && layer === 'constructs' && !file.startsWith('constructs/pulumi/')) {
      found.push(`${file} imports ${specifier}, which only constructs/pulumi may`);
    }
    if (/^(@grpc\/|google-protobuf)/.test(specifier) && !file.startsWith('constructs/pulumi/testing/')) {
      found.push(`${file} imports ${specifier}, which only constructs/pulumi/testing may`);
    }
    if (specifier.startsWith('istio-constructs') && layer !== 'stacks') {
      found.push(`${file} imports the package by its own name`);
    }
  }
  return found;
}

const files = ['lib', 'constructs', 'bookinfo', 'sockshop', 'stacks'].flatMap(sourceFiles);

test('there are source files to look at', () => {
  expect(files.length).toBeGreaterThan(5);
});

test('layers point one way, and lib touches neither framework nor machine', () => {
  expect(files.flatMap((file) => violations(file, importsOf(file)))).toEqual([]);
});

test.each([
  ['lib/traffic/x.ts', 'cdk8s', 'imports the framework cdk8s'],
  ['lib/traffic/x.ts', 'node:fs', 'touches the machine through node:fs'],
  ['lib/api/x.ts', '../traffic/y', 'lib/api/x.ts (lib/api) imports lib/traffic/y (lib)'],
  ['lib/traffic/x.ts', '../../constructs/y', 'imports constructs/y (constructs)'],
  ['constructs/x.ts', '@pulumi/pulumi', 'which only constructs/pulumi may'],
  ['constructs/pulumi/x.ts', '@grpc/grpc-js', 'which only constructs/pulumi/testing may'],
  ['bookinfo/x.ts', '../constructs/pulumi', 'imports constructs/pulumi'],
  ['constructs/x.ts', './pulumi/late', 'imports constructs/pulumi/late'],
  ['constructs/x.ts', '../bookinfo/app', 'imports bookinfo/app (bookinfo)'],
  ['bookinfo/x.ts', '../sockshop/app', 'imports sockshop/app (sockshop)'],
])('refuses %s importing %s', (file, specifier, message) => {
  expect(violations(file, [specifier]).join('\n')).toContain(message);
});
