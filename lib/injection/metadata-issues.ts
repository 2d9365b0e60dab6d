import { dropUndefined, isLate, isObject, type Json, type JsonObject, type Path } from '../json';
import { refOf, type KubeObject } from '../manifest';
import { found, type FindingPlace, type Issue, type ObjectRef } from '../findings';
import { annotationValueIssues } from './annotation-values';
import { KNOWN_METADATA, type KnownMetadata } from './metadata-table';
import { valueProblem } from './metadata-values';
import { objectAt, workloadKind } from './workload-kinds';

type Texts = Readonly<Record<string, string>>;

/** Labels and annotations of one object, or of the pod template inside it. */
export interface MetadataPlace {
  /** The kind they are on; `Pod` for a pod template. */
  readonly kind: string;
  readonly labels?: Texts;
  readonly annotations?: Texts;
  /** Path of the metadata in the object. @default - `metadata` */
  readonly at?: Path;
  /** The object findings are about. */
  readonly object?: ObjectRef;
  /** Construct path findings carry. */
  readonly origin?: string;
}

const byName = (as: KnownMetadata['as']): ReadonlyMap<string, KnownMetadata> =>
  new Map(KNOWN_METADATA.filter((entry) => entry.as === as).map((entry) => [entry.name, entry]));

const LABELS = byName('label');
const ANNOTATIONS = byName('annotation');

/** Kinds whose pods come from a template: what belongs on a pod is often put on them by mistake. */
const WORKLOADS: Readonly<Record<string, string>> = {
  CronJob: 'spec.jobTemplate.spec.template.metadata',
  DaemonSet: 'spec.template.metadata',
  Deployment: 'spec.template.metadata',
  Job: 'spec.template.metadata',
  ReplicaSet: 'spec.template.metadata',
  ReplicationController: 'spec.template.metadata',
  Rollout: 'spec.template.metadata',
  StatefulSet: 'spec.template.metadata',
};

/** The label or annotation of this name; undefined where Istio knows none. */
export function knownMetadata(as: KnownMetadata['as'], name: string): KnownMetadata | undefined {
  return (as === 'label' ? LABELS : ANNOTATIONS).get(name);
}

/** True for names that belong to Istio: their first part ends in `istio.io`. */
export function isIstioName(name: string): boolean {
  const slash = name.indexOf('/');
  return slash > 0 && name.slice(0, slash).endsWith('istio.io');
}

/** True for metadata with a label or annotation that may have a finding; those of most objects have none. */
function concernsIstio(metadata: JsonObject | undefined): boolean {
  for (const field of ['labels', 'annotations']) {
    const texts = metadata?.[field];
    if (!isObject(texts)) continue;
    for (const name in texts) if (isIstioName(name) || LABELS.has(name) || ANNOTATIONS.has(name)) return true;
  }
  return false;
}

type As = KnownMetadata['as'];

const MISPLACED = { label: 'misplaced-label', annotation: 'misplaced-annotation' } as const;
const UNKNOWN = { label: 'unknown-label', annotation: 'unknown-annotation' } as const;
const INVALID = { label: 'invalid-label', annotation: 'invalid-annotation' } as const;
const DEPRECATED = { label: 'deprecated-label', annotation: 'deprecated-annotation' } as const;

function unknownName(as: As, name: string, place: FindingPlace): Issue {
  const isOther = (as === 'label' ? ANNOTATIONS : LABELS).has(name);
  if (isOther) return found(MISPLACED[as], { name, as }, place);
  const known = [...(as === 'label' ? LABELS : ANNOTATIONS).keys()];
  return found(UNKNOWN[as], { name, known }, place);
}

function misplaced(entry: KnownMetadata, kind: string, place: FindingPlace): Issue | undefined {
  const { kinds, as, name } = entry;
  if (kinds.includes('Any') || kinds.includes(kind)) return undefined;
  const template = WORKLOADS[kind];
  const belongsInTemplate = kinds.includes('Pod') && template !== undefined;
  const to = belongsInTemplate ? `${template}.${as}s` : `a ${kinds.join(' or ')}`;
  return found(MISPLACED[as], { name, as, kind, kinds, to }, place);
}

function invalid(
  { as, name, value: form, summary }: KnownMetadata,
  value: string,
  place: FindingPlace,
): Issue | undefined {
  const problem = isLate(value) ? undefined : valueProblem(form, value);
  if (problem === undefined) return undefined;
  const known = form.form === 'choice' ? { known: form.values.filter(Boolean) } : {};
  return found(INVALID[as], { name, value, problem, summary, ...known }, place);
}

function deprecated(entry: KnownMetadata, labels: Texts, place: FindingPlace): Issue | undefined {
  const { as, name, replacement } = entry;
  if (entry.status !== 'deprecated' || entry.isAutomatic === true) return undefined;
  // Kept beside its successor for old control planes.
  if (name === 'sidecar.istio.io/inject' && labels[name] !== undefined) return undefined;
  return found(DEPRECATED[as], dropUndefined({ name, replacement }), place);
}

function issuesOf(
  as: As,
  name: string,
  value: string,
  { kind, labels = {} }: MetadataPlace,
  place: FindingPlace,
): Issue[] {
  const entry = knownMetadata(as, name);
  if (entry === undefined) return isIstioName(name) ? [unknownName(as, name, place)] : [];
  const issues = [deprecated(entry, labels, place), misplaced(entry, kind, place) ?? invalid(entry, value, place)];
  return issues.filter((issue) => issue !== undefined);
}

/**
 * What is wrong with the labels and annotations of Istio on an object: names Istio does not know (with the nearest one it
 * does), names on a kind where they do nothing, values that do not fit, and what has a successor. Values for which the
 * injector refuses a pod carry its words. Labels and annotations of others do not matter here.
 */
export function metadataIssues(place: MetadataPlace): Issue[] {
  const { annotations = {}, labels = {}, at = ['metadata'], object, origin } = place;
  const refused = place.kind === 'Pod' ? annotationValueIssues(annotations, { object, origin, at }) : [];
  const isRefused = (name: string): boolean => refused.some(({ facts }) => facts?.['name'] === name);
  const about = (as: As, texts: Texts): Issue[] =>
    Object.entries(texts).flatMap(([name, value]) =>
      issuesOf(as, name, value, place, { object, origin, at: [...at, `${as}s`, name] }).filter(
        ({ code }) => !(code === 'invalid-annotation' && isRefused(name)),
      ),
    );
  return [...refused, ...about('annotation', annotations), ...about('label', labels)];
}

/**
 * The same for a whole object: for its own metadata, and for those of the pods it makes.
 *
 * @param origin construct path findings carry
 */
export function objectMetadataIssues(object: KubeObject, origin?: string): Issue[] {
  const kind = workloadKind(object as unknown as JsonObject);
  const path = kind === undefined || kind.path.length === 0 ? undefined : [...(kind.metadata ?? kind.path), 'metadata'];
  const metadata = objectAt(object as unknown as JsonObject, ['metadata']);
  const podMetadata = path === undefined ? undefined : objectAt(object as unknown as JsonObject, path);
  if (!concernsIstio(metadata) && !concernsIstio(podMetadata)) return [];
  const context = dropUndefined({ object: refOf(object), origin });
  const about = (kindName: string, metadata: JsonObject | undefined, at: Path): Issue[] =>
    metadata === undefined
      ? []
      : metadataIssues({
          ...context,
          kind: kindName,
          labels: textsIn(metadata['labels']),
          annotations: textsIn(metadata['annotations']),
          at,
        });
  if (path === undefined) return about(object.kind, metadata, ['metadata']);
  // What a workload has in common with its pods was put on both at once, and works where it belongs.
  const own = { ...metadata, labels: without(textsIn(metadata?.['labels']), textsIn(podMetadata?.['labels'])) };
  return [...about(object.kind, own, ['metadata']), ...about('Pod', podMetadata, path)];
}

function without(texts: Texts, others: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([name, value]) => others[name] !== value));
}

/** The strings of a map; what is not a string is a matter for other checks. */
function textsIn(value: Json | undefined): Texts {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string')) as Texts;
}
