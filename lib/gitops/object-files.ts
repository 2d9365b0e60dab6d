import { writeYaml, type Manifest } from '../manifest';
import { objectPaths } from './file-names';

/** One file per object, below `folder`. */
export function objectFiles(manifests: readonly Manifest[], folder = ''): Map<string, string> {
  const files = new Map<string, string>();
  for (const [manifest, path] of objectPaths(manifests)) files.set(`${folder}${path}`, writeYaml([manifest.object]));
  return files;
}
