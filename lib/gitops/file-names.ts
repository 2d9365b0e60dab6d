import { createHash } from 'node:crypto';
import { groupOf, identityOf, PHASES, refOf, type Manifest, type Phase } from '../manifest';

/** A file name has at most 255 bytes; what is longer is cut and told apart by a hash. */
const MAX_STEM = 200;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/**
 * A text as part of a file name on every file system: lower case, letters, digits, `.`, `-` and `_`. What had to be
 * changed for that gets a hash of the text, so that two texts never become one.
 */
function safeName(text: string): string {
  const safe = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]/g, '_')
    .replace(/^\.+/, '_');
  if (safe === text && safe.length <= MAX_STEM) return safe;
  return `${safe.slice(0, MAX_STEM)}-${hash(text)}`;
}

/** The folder of a phase: `00-namespace`, `80-route`. Folders sort the way the phases follow each other. */
export function phaseFolder(phase: Phase): string {
  return `${String(PHASES[phase]).padStart(2, '0')}-${phase}`;
}

/** Groups whose kinds keep the short name when another group has a kind of the same name. */
function groupRank(group: string): string {
  if (group === '' || group === 'apps') return `0${group}`;
  return `${group.endsWith('.istio.io') ? 1 : 2}${group}`;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * One path per object: `<phase>/<namespace>/<kind>-<name>.yaml`, cluster-scoped objects without the namespace. A path
 * depends on its object alone; only where two objects would share one (a `Gateway` of Istio and one of the Gateway API)
 * does the one of the less common group get the group into its name.
 *
 * @throws Error when two manifests are the same object
 */
export function objectPaths(manifests: readonly Manifest[]): Map<Manifest, string> {
  const byPath = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const { kind, metadata } = manifest.object;
    const folder =
      metadata.namespace === undefined
        ? phaseFolder(manifest.phase)
        : `${phaseFolder(manifest.phase)}/${safeName(metadata.namespace)}`;
    const path = `${folder}/${safeName(`${kind.toLowerCase()}-${metadata.name}`)}`;
    const sharing = byPath.get(path);
    if (sharing === undefined) byPath.set(path, [manifest]);
    else sharing.push(manifest);
  }
  const paths = new Map<Manifest, string>();
  for (const [path, sharing] of byPath) {
    const sorted = [...sharing].sort((a, b) =>
      compareText(groupRank(groupOf(a.object.apiVersion)), groupRank(groupOf(b.object.apiVersion))),
    );
    for (const [i, manifest] of sorted.entries()) {
      const { apiVersion, kind, metadata } = manifest.object;
      const folder = path.slice(0, path.lastIndexOf('/'));
      const stem =
        i === 0 ? path : `${folder}/${safeName(`${kind.toLowerCase()}.${groupOf(apiVersion)}-${metadata.name}`)}`;
      paths.set(manifest, `${stem}.yaml`);
    }
  }
  if (new Set(paths.values()).size !== manifests.length) throw new Error(`the same object twice: ${twice(manifests)}`);
  return new Map(manifests.map((manifest) => [manifest, paths.get(manifest) ?? '']));
}

function twice(manifests: readonly Manifest[]): string {
  const seen = new Set<string>();
  const again = manifests
    .map((manifest) => identityOf(refOf(manifest.object)))
    .filter((id) => seen.size === seen.add(id).size);
  return again.join(', ');
}

/** Where a chart's objects go: its path in the construct tree with `-` between the parts, as cdk8s names its files. */
export function chartNames(charts: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const chart of [...new Set(charts)].sort()) {
    const plain = safeName(chart.replaceAll('/', '-'));
    const name = taken.has(plain) ? `${plain}-${hash(chart)}` : plain;
    taken.add(name);
    names.set(chart, name);
  }
  return names;
}

/** The chart of a manifest: as said, else the first part of the construct path. */
export function chartOf(manifest: Manifest): string {
  return manifest.chart ?? manifest.origin?.split('/')[0] ?? 'app';
}
