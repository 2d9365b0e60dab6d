import { isLate, type Json, type JsonObject } from '../json';
import { refOf, type KubeObject } from '../manifest';
import { suggestion, type Issue, type ObjectRef } from '../findings';
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
  readonly at?: string;
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
    if (typeof texts !== 'object' || texts === null) continue;
    for (const name in texts) if (isIstioName(name) || LABELS.has(name) || ANNOTATIONS.has(name)) return true;
  }
  return false;
}

type Finding = Pick<Issue, 'code' | 'severity' | 'message'> & { readonly fix?: string };

function unknown(as: KnownMetadata['as'], name: string): Finding {
  const other = as === 'label' ? ANNOTATIONS.get(name) : LABELS.get(name);
  if (other !== undefined) {
    return {
      code: `misplaced-${as}`,
      severity: 'warning',
      message: `${name} is ${other.as === 'label' ? 'a label' : 'an annotation'}; as ${as === 'label' ? 'a label' : 'an annotation'} Istio does not read it.`,
      fix: `Move it to metadata.${other.as}s.`,
    };
  }
  const names = [...(as === 'label' ? LABELS : ANNOTATIONS).keys()];
  return {
    code: `unknown-${as}`,
    severity: 'warning',
    message: `Istio knows no ${as} ${name}. ${suggestion(name, names)}`,
    fix: 'Correct the name, or take it away: it does nothing.',
  };
}

function misplaced(entry: KnownMetadata, kind: string): Finding | undefined {
  if (entry.kinds.includes('Any') || entry.kinds.includes(kind)) return undefined;
  const template = WORKLOADS[kind];
  const belongsInTemplate = entry.kinds.includes('Pod') && template !== undefined;
  return {
    code: `misplaced-${entry.as}`,
    severity: 'warning',
    message: `The ${entry.as} ${entry.name} means nothing on a ${kind}; it belongs on ${entry.kinds.join(', ')}.`,
    fix: belongsInTemplate ? `Move it to ${template}.${entry.as}s.` : `Move it to a ${entry.kinds.join(' or ')}.`,
  };
}

function invalid(entry: KnownMetadata, value: string): Finding | undefined {
  const problem = isLate(value) ? undefined : valueProblem(entry.value, value);
  if (problem === undefined) return undefined;
  const { value: form } = entry;
  const near = form.form === 'choice' ? suggestion(value, form.values.filter(Boolean)) : '';
  const hint = near.startsWith('Did') ? ` ${near}` : '';
  return {
    code: `invalid-${entry.as}`,
    severity: 'error',
    message: `The ${entry.as} ${entry.name} has the value "${value}": ${problem}.${hint}`,
    fix: `Correct the value. ${entry.summary}`,
  };
}

function deprecated(entry: KnownMetadata, labels: Texts): Finding | undefined {
  if (entry.status !== 'deprecated' || entry.isAutomatic === true) return undefined;
  // Kept beside its successor for old control planes.
  if (entry.name === 'sidecar.istio.io/inject' && labels[entry.name] !== undefined) return undefined;
  return {
    code: `deprecated-${entry.as}`,
    severity: 'info',
    message: `The ${entry.as} ${entry.name} is deprecated.`,
    ...(entry.replacement === undefined ? {} : { fix: `Use ${entry.replacement}.` }),
  };
}

function findings(as: KnownMetadata['as'], name: string, value: string, place: MetadataPlace): Finding[] {
  const entry = knownMetadata(as, name);
  if (entry === undefined) return isIstioName(name) ? [unknown(as, name)] : [];
  const wrongPlace = misplaced(entry, place.kind);
  const found = [deprecated(entry, place.labels ?? {}), wrongPlace ?? invalid(entry, value)];
  return found.filter((finding) => finding !== undefined);
}

/**
 * What is wrong with the labels and annotations of Istio on an object: names Istio does not know (with the nearest one it
 * does), names on a kind where they do nothing, values that do not fit, and what has a successor. Values for which the
 * injector refuses a pod carry its words. Labels and annotations of others are no matter here.
 */
export function metadataIssues(place: MetadataPlace): Issue[] {
  const { annotations = {}, labels = {}, at = 'metadata', object, origin } = place;
  const context = { ...(object === undefined ? {} : { object }), ...(origin === undefined ? {} : { origin }) };
  const refused = place.kind === 'Pod' ? annotationValueIssues(annotations) : [];
  const isRefused = (name: string): boolean => refused.some((issue) => issue.at?.includes(`["${name}"]`) === true);
  const about = (as: KnownMetadata['as'], texts: Texts): Issue[] =>
    Object.entries(texts).flatMap(([name, value]) =>
      findings(as, name, value, place)
        .filter((finding) => !(finding.code === 'invalid-annotation' && isRefused(name)))
        .map((finding) => ({ ...finding, ...context, at: `${at}.${as}s["${name}"]` })),
    );
  return [
    ...refused.map((issue) => ({ ...issue, ...context, at: (issue.at ?? '').replace(/^metadata/, at) })),
    ...about('annotation', annotations),
    ...about('label', labels),
  ];
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
  const context = { object: refOf(object), ...(origin === undefined ? {} : { origin }) };
  const about = (kindName: string, metadata: JsonObject | undefined, at: string): Issue[] =>
    metadata === undefined
      ? []
      : metadataIssues({
          ...context,
          kind: kindName,
          labels: textsIn(metadata['labels']),
          annotations: textsIn(metadata['annotations']),
          at,
        });
  if (path === undefined) return about(object.kind, metadata, 'metadata');
  // What a workload has in common with its pods was put on both at once, and works where it belongs.
  const own = { ...metadata, labels: without(textsIn(metadata?.['labels']), textsIn(podMetadata?.['labels'])) };
  return [...about(object.kind, own, 'metadata'), ...about('Pod', podMetadata, path.join('.'))];
}

function without(texts: Texts, others: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([name, value]) => others[name] !== value));
}

/** The texts of a map; what is no text is a matter for other checks. */
function textsIn(value: Json | undefined): Texts {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string')) as Texts;
}
