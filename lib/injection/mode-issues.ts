import type { MeshSettings } from '../install';
import { dropUndefined, isLate, type Path } from '../json';
import { found, type FindingPlace, type Issue, type ObjectRef } from '../findings';

type Texts = Readonly<Record<string, string>>;

/** A pod or pod template together with the namespace it runs in, as far as both are known. */
export interface InjectionSituation {
  readonly mesh: MeshSettings;
  /** Labels of the namespace. @default - unknown: nothing is said about it */
  readonly namespace?: { readonly name: string; readonly labels?: Texts; readonly annotations?: Texts };
  /** Labels, annotations and specification of the pod. @default - only the namespace is looked at */
  readonly pod?: {
    readonly labels?: Texts;
    readonly annotations?: Texts;
    readonly spec?: Readonly<Record<string, unknown>>;
  };
  /** The object findings are about. */
  readonly object?: ObjectRef;
  /** Construct path findings carry. */
  readonly origin?: string;
}

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';
const AMBIENT = 'istio.io/dataplane-mode';
const ENFORCED_LEVEL = 'pod-security.kubernetes.io/enforce';
const INTERCEPTION_MODE = 'sidecar.istio.io/interceptionMode';
const LABELS: Path = ['metadata', 'labels'];
/** Pod security levels that refuse NET_ADMIN, NET_RAW and a root user. */
const NO_CAPABILITIES = new Set(['baseline', 'restricted']);

function aboutNamespace({ mesh, namespace }: InjectionSituation, place: FindingPlace): Issue[] {
  const labels = namespace?.labels ?? {};
  const [injection, revision, dataPlane] = [labels['istio-injection'], labels[REVISION], labels[AMBIENT]];
  const name = namespace?.name ?? '';
  const issues: Issue[] = [];
  const atLabels = { ...place, at: LABELS };
  const atLabel = (label: string): FindingPlace => ({ ...place, at: [...LABELS, label] });
  if (injection !== undefined && revision !== undefined) {
    issues.push(found('two-injection-labels', { namespace: name, injection, revision }, atLabels));
  }
  const known = ['enabled', 'disabled'];
  if (injection !== undefined && !known.includes(injection) && !isLate(injection)) {
    const facts = { label: 'istio-injection', value: injection, known };
    issues.push(found('invalid-injection-label', facts, atLabel('istio-injection')));
  }
  if (dataPlane === 'ambient' && (injection === 'enabled' || (revision !== undefined && injection === undefined))) {
    issues.push(found('sidecar-and-ambient', { namespace: name }, atLabels));
  }
  if (injection === 'enabled' && mesh.revision !== 'default' && !mesh.tags.includes('default')) {
    const [tag] = mesh.tags;
    const facts = dropUndefined({ namespace: name, revision: mesh.revision, tag });
    issues.push(found('nothing-injects', facts, atLabel('istio-injection')));
  }
  if (dataPlane === 'ambient' && mesh.dataPlane !== 'ambient') {
    issues.push(found('no-ambient-data-plane', { namespace: name }, atLabel(AMBIENT)));
  }
  return [...issues, ...unknownRevision(mesh, revision, place)];
}

function unknownRevision(mesh: MeshSettings, revision: string | undefined, place: FindingPlace): Issue[] {
  const known = [mesh.revision, ...mesh.tags];
  if (revision === undefined || isLate(revision) || known.includes(revision)) return [];
  return [found('unknown-revision', { revision, known }, { ...place, at: [...LABELS, REVISION] })];
}

/** True when the labels ask the injector for a sidecar; undefined when they leave it to the mesh's defaults. */
export function asksForSidecar(situation: InjectionSituation): boolean | undefined {
  const { mesh, namespace, pod } = situation;
  const spaceLabels = namespace?.labels ?? {};
  if (spaceLabels['istio-injection'] === 'disabled') return false;
  const wanted = pod?.labels?.[INJECT] ?? pod?.annotations?.[INJECT];
  if (wanted === 'false') return false;
  if (wanted === 'true') return true;
  if (spaceLabels['istio-injection'] === 'enabled') return true;
  const known = [mesh.revision, ...mesh.tags];
  const revision = spaceLabels[REVISION] ?? pod?.labels?.[REVISION];
  return revision === undefined ? undefined : known.includes(revision);
}

function aboutPod(situation: InjectionSituation, place: FindingPlace): Issue[] {
  const { mesh, namespace, pod } = situation;
  if (pod === undefined) return [];
  const issues: Issue[] = [];
  const [label, annotation] = [pod.labels?.[INJECT], pod.annotations?.[INJECT]];
  const at = (...path: Path): FindingPlace => ({ ...place, at: ['metadata', ...path] });
  if (label !== undefined && annotation !== undefined && label !== annotation) {
    issues.push(found('label-against-annotation', { label, annotation }, at('annotations', INJECT)));
  }
  for (const [where, value] of [
    ['labels', label],
    ['annotations', annotation],
  ] as const) {
    const known = ['true', 'false'];
    if (value === undefined || known.includes(value) || isLate(value)) continue;
    issues.push(found('invalid-injection-label', { label: INJECT, value, known }, at(where, INJECT)));
  }
  const spaceLabels = namespace?.labels ?? {};
  const name = namespace?.name ?? '';
  const asked =
    label === 'true' || (label === undefined && annotation === 'true') || pod.labels?.[REVISION] !== undefined;
  if (spaceLabels['istio-injection'] === 'disabled' && asked) {
    issues.push(found('injection-disabled-by-namespace', { namespace: name }, at('labels')));
  }
  const [podRevision, spaceRevision] = [pod.labels?.[REVISION], spaceLabels[REVISION]];
  if (podRevision !== undefined && spaceRevision !== undefined && podRevision !== spaceRevision) {
    const facts = { pod: podRevision, namespace: spaceRevision };
    issues.push(found('revision-of-namespace-wins', facts, at('labels', REVISION)));
  }
  issues.push(...unknownRevision(mesh, podRevision, place));
  if (pod.labels?.[AMBIENT] === 'ambient' && asked) issues.push(found('sidecar-and-ambient', {}, at('labels')));
  if (asksForSidecar(situation) === true) issues.push(...aboutSidecar(situation, label === 'true', place));
  return issues;
}

/** What stands in the way of a sidecar that was asked for. */
function aboutSidecar({ mesh, namespace, pod }: InjectionSituation, isExplicit: boolean, place: FindingPlace): Issue[] {
  if (pod?.spec?.['hostNetwork'] === true) {
    return [found('host-network', { isExplicit }, { ...place, at: ['spec', 'hostNetwork'] })];
  }
  const level = namespace?.labels?.[ENFORCED_LEVEL];
  const mode = pod?.annotations?.[INTERCEPTION_MODE];
  if (level === undefined || !NO_CAPABILITIES.has(level) || mode === 'NONE') return [];
  const facts = { namespace: namespace?.name ?? '', level };
  if (!mesh.cni) return [found('capture-needs-cni', facts, { ...place, at: [...LABELS, ENFORCED_LEVEL] })];
  if (mode !== 'TPROXY') return [];
  return [found('tproxy-needs-privileges', facts, { ...place, at: ['metadata', 'annotations', INTERCEPTION_MODE] })];
}

/**
 * Every contradiction between the labels of a namespace, the labels and annotations of a pod, and the mesh that both
 * mean to be in.
 */
export function modeIssues(situation: InjectionSituation): Issue[] {
  const { object, origin } = situation;
  const place = { object, origin };
  return [
    ...(situation.namespace === undefined ? [] : aboutNamespace(situation, place)),
    ...aboutPod(situation, place),
  ];
}
