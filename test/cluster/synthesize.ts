import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../lib/manifest';

/** The objects of a program as a cluster gets them: synthesized to files, read back in the order of their paths. */
export function synthesize(program: (outdir: string) => App): KubeObject[] {
  const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-synth-'));
  try {
    program(folder).synth();
    return objectsIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every object in a folder of YAML files, in the order in which `kubectl apply --recursive` walks it. */
export function objectsIn(folder: string): KubeObject[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.split(sep))
    .sort((a, b) => compareParts(a, b))
    .flatMap((parts) =>
      parseAllDocuments(readFileSync(join(folder, ...parts), 'utf8'), { version: '1.1' }).map((document) => {
        if (document.errors.length > 0) throw new Error(`${parts.join('/')}: ${document.errors[0]?.message}`);
        return document.toJS() as KubeObject;
      }),
    );
}

/** Folder by folder, name by name: a plain comparison of paths would take the separator for a letter. */
function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const left = a[index] ?? '';
    const right = b[index] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
