import { createRequire } from 'node:module';
import { join } from 'node:path';

let found: { readonly version: string | undefined } | undefined;

function read(require: NodeJS.Require): string | undefined {
  try {
    return (require('@pulumi/kubernetes/package.json') as { version?: string }).version;
  } catch {
    return undefined;
  }
}

/**
 * The version of the Kubernetes SDK of the program, or else of this package; undefined where none is installed. Resources
 * that name it share one provider plugin with the program's own typed resources, and never move to another version of the
 * plugin because that happened to be installed.
 */
export function kubernetesSdkVersion(): string | undefined {
  found ??= { version: read(createRequire(join(process.cwd(), 'index.js'))) ?? read(createRequire(__filename)) };
  return found.version;
}
