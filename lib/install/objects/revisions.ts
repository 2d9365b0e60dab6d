import { refOf, type KubeObject } from '../../manifest';
import { found, type Issue } from '../../findings';
import { valueAt } from '../../json';

const REV = 'istio.io/rev';
const TAG = 'istio.io/tag';

/** A control plane, or a tag that points at one, in a set of objects. */
export interface InstalledRevision {
  /** What namespaces name: the revision or the tag. */
  readonly name: string;
  /** The revision it stands for. */
  readonly revision: string;
  readonly isTag: boolean;
}

/** The revisions and tags that a set of objects installs: those with an injection webhook. */
export function installedRevisions(objects: readonly KubeObject[]): InstalledRevision[] {
  return objects
    .filter((object) => object.kind === 'MutatingWebhookConfiguration')
    .flatMap(({ metadata }) => {
      const revision = metadata.labels?.[REV];
      const tag = metadata.labels?.[TAG];
      if (revision === undefined || !metadata.name.startsWith('istio-')) return [];
      return [{ name: tag ?? revision, revision, isTag: tag !== undefined }];
    });
}

/** What an object asks to be injected by: a Namespace by its labels, a workload by those of its pods. */
function askedRevision(object: KubeObject): string | undefined {
  const labels =
    object.kind === 'Namespace'
      ? object.metadata.labels
      : (valueAt(object, ['spec', 'template', 'metadata', 'labels']) as Readonly<Record<string, string>> | undefined);
  if (labels === undefined || labels['app'] === 'istiod') return undefined;
  if (object.kind === 'Namespace' && labels['istio-injection'] === 'enabled') return 'default';
  // A gateway of an install names its revision, and is complete without being injected.
  return labels['sidecar.istio.io/inject'] === 'false' ? undefined : labels[REV];
}

/**
 * Namespaces and workloads that ask for a revision or tag that is not there: pods of theirs would start without a proxy.
 * So the removal of a revision that somebody still uses is refused, and the move of a tag is not.
 *
 * @param objects what is looked over
 * @param served the names of the revisions and tags that there are
 */
export function unservedRevisions(objects: readonly KubeObject[], served: readonly string[]): Issue[] {
  return objects.flatMap((object): Issue[] => {
    const asked = askedRevision(object);
    if (asked === undefined || served.includes(asked)) return [];
    const labels = object.kind === 'Namespace' ? ['metadata', 'labels'] : ['spec', 'template', 'metadata', 'labels'];
    const place = { object: refOf(object), at: labels };
    return [found('revision-still-used', { revision: asked, known: served }, place)];
  });
}

/** One control plane of several in a cluster. */
export interface RevisionInUse {
  readonly revision: string;
  readonly tags: readonly string[];
  readonly istioVersion: string;
  readonly origin?: string;
}

const minorOf = (version: string): number => Number(version.split('.')[1]);

/** What is wrong with two control planes side by side: one name for both, one tag on both, versions too far apart. */
export function besideIssues(one: RevisionInUse, other: RevisionInUse): Issue[] {
  const related = { related: [{ message: 'the other control plane', origin: other.origin ?? '' }] };
  const tags = one.tags.filter((tag) => other.tags.includes(tag));
  const distance = Math.abs(minorOf(one.istioVersion) - minorOf(other.istioVersion));
  const versions = [one.istioVersion, other.istioVersion];
  return [
    ...(one.revision === other.revision ? [found('revision-taken', { revision: one.revision }, related)] : []),
    ...tags.map((tag) => found('tag-taken', { tag, revisions: [one.revision, other.revision] }, related)),
    ...(distance > 2 ? [found('version-skew', { versions, distance }, related)] : []),
  ];
}
