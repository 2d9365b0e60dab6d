import { groupOf, identityOf, inOrder, refOf, writeYamlValue, type KubeObject, type Manifest } from '../manifest';
import { objectPaths } from './file-names';
import { jsonPatch } from '../json';
import { kustomizationText, namePattern, type KustomizePatch } from './kustomization';
import { objectFiles } from './object-files';
import { workloadPatch } from './workload-patch';

const idOf = (manifest: Manifest): string => `${manifest.object.apiVersion} ${identityOf(refOf(manifest.object))}`;

function targetOf({ apiVersion, kind, metadata }: KubeObject): KustomizePatch['target'] {
  const group = groupOf(apiVersion);
  return {
    ...(group === '' ? {} : { group }),
    version: apiVersion.slice(apiVersion.indexOf('/') + 1),
    kind,
    name: namePattern(metadata.name),
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  };
}

/** The files of one overlay, below its folder. */
function overlayFiles(base: ReadonlyMap<string, Manifest>, own: readonly Manifest[]): Map<string, string> {
  const files = new Map<string, string>();
  const patches: KustomizePatch[] = [];
  const extra = own.filter((manifest) => !base.has(idOf(manifest)));
  for (const [manifest, file] of objectPaths(own)) {
    const common = base.get(idOf(manifest));
    if (common === undefined) continue;
    const steps = jsonPatch(common.object, manifest.object);
    if (steps.length === 0) continue;
    const path = `patches/${file}`;
    files.set(path, writeYamlValue(workloadPatch(common.object, manifest.object) ?? steps));
    patches.push({ path, target: targetOf(manifest.object) });
  }
  const extraFiles = objectFiles(extra);
  const resources = ['../../base', ...extraFiles.keys()];
  return new Map([['kustomization.yaml', kustomizationText({ resources, patches })], ...files, ...extraFiles]);
}

/**
 * Several environments as one kustomize base and an overlay each. The base holds the objects all have, as the first
 * environment wants them; an overlay holds only what differs: replicas and images as strategic merge patches, any other
 * difference as a JSON patch, and whole objects that not all have. `kustomize build overlays/<name>` gives exactly the
 * objects of that environment.
 */
export function kustomizeOverlays(environments: ReadonlyMap<string, readonly Manifest[]>): Map<string, string> {
  const all = [...environments].map(([name, manifests]) => [name, inOrder(manifests)] as const);
  const [first] = all;
  if (first === undefined) return new Map();
  const everywhere = all.map(([, manifests]) => new Set(manifests.map(idOf)));
  const common = first[1].filter((manifest) => everywhere.every((ids) => ids.has(idOf(manifest))));
  const base = new Map(common.map((manifest) => [idOf(manifest), manifest]));
  const baseFiles = objectFiles(common, '');
  const files = new Map([['base/kustomization.yaml', kustomizationText({ resources: [...baseFiles.keys()] })]]);
  for (const [path, text] of baseFiles) files.set(`base/${path}`, text);
  for (const [name, manifests] of all) {
    for (const [path, text] of overlayFiles(base, manifests)) files.set(`overlays/${name}/${path}`, text);
  }
  return files;
}
