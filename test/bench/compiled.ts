import { createRequire } from 'node:module';
import { join } from 'node:path';

const build = join(__dirname, '../../build');
const load = createRequire(__filename);

/**
 * A module of the package as it is published. Run from source, every function made would carry what the loader of
 * TypeScript adds to it, which takes longer than many of them.
 *
 * @throws Error where there is no build/ yet (`npm run build`)
 */
export const compiled = <Module>(path: string): Module => load(join(build, path)) as Module;
