import type { Source } from './source-tree';
import { roomOf } from './rooms';

/** The command line, the writer of output and the build-time importer may touch the machine; the rest of lib is pure. */
const MAY_TOUCH_THE_MACHINE = /^lib\/(cli\/|output\/(write-|owned-files|scan-folder|swap-folder)|api\/import-crds)/;
const MACHINE = /^(node:)?(fs|fs\/promises|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|os)$/;
const FRAMEWORK = /^(cdk8s|constructs|cdk8s-plus-\d+|@pulumi\/.*|@grpc\/.*)$/;

/** What is wrong with the packages that a file imports, a sentence each. */
export function outsideImports({ file, packages }: Source): string[] {
  const isLib = file.startsWith('lib/');
  return packages.flatMap((name) => {
    if (isLib && FRAMEWORK.test(name)) return [`${file} imports the framework ${name}`];
    if (isLib && MACHINE.test(name) && !MAY_TOUCH_THE_MACHINE.test(file)) {
      return [`${file} touches the machine through ${name}`];
    }
    if (/^@pulumi\//.test(name) && /^constructs\/(?!pulumi\/)/.test(file)) {
      return [`${file} imports ${name}, which only constructs/pulumi may`];
    }
    if (/^(@grpc\/|google-protobuf)/.test(name) && !file.startsWith('constructs/pulumi/testing/')) {
      return [`${file} imports ${name}, which only constructs/pulumi/testing may`];
    }
    if (name.startsWith('istio-constructs') && roomOf(file) !== 'stacks') {
      return [`${file} imports the package by its own name`];
    }
    return [];
  });
}
