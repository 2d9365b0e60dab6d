import type { MeshSettings } from '../install';
import { isLate } from '../json';
import { suggestion, type Issue, type ObjectRef } from '../findings';

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
/** Pod security levels that refuse NET_ADMIN, NET_RAW and a root user. */
const NO_CAPABILITIES = new Set(['baseline', 'restricted']);

interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly at: string;
  readonly fix: string;
}

function aboutNamespace({ mesh, namespace }: InjectionSituation): Finding[] {
  const found: Finding[] = [];
  const labels = namespace?.labels ?? {};
  const [injection, revision, dataPlane] = [labels['istio-injection'], labels[REVISION], labels[AMBIENT]];
  const name = namespace?.name ?? '';
  if (injection !== undefined && revision !== undefined) {
    found.push({
      code: 'two-injection-labels',
      severity: 'error',
      message: `Namespace "${name}" has both istio-injection: ${injection} and istio.io/rev: ${revision}; Istio goes by istio-injection alone.`,
      at: 'metadata.labels',
      fix: 'Keep istio.io/rev for a revision or tag, or istio-injection for the default revision.',
    });
  }
  if (injection !== undefined && !['enabled', 'disabled'].includes(injection) && !isLate(injection)) {
    found.push({
      code: 'invalid-injection-label',
      severity: 'error',
      message: `istio-injection: "${injection}" on namespace "${name}" means nothing to Istio. ${suggestion(injection, ['enabled', 'disabled'])}`,
      at: 'metadata.labels["istio-injection"]',
      fix: 'Use enabled or disabled.',
    });
  }
  if (dataPlane === 'ambient' && (injection === 'enabled' || (revision !== undefined && injection === undefined))) {
    found.push({
      code: 'sidecar-and-ambient',
      severity: 'error',
      message: `Namespace "${name}" asks for sidecars and for ambient mode; pods would get a sidecar, and ztunnel would leave them alone.`,
      at: 'metadata.labels',
      fix: `Remove ${AMBIENT} or the injection label.`,
    });
  }
  if (injection === 'enabled' && mesh.revision !== 'default' && !mesh.tags.includes('default')) {
    found.push({
      code: 'nothing-injects',
      severity: 'error',
      message: `Namespace "${name}" has istio-injection: enabled, which only the default revision serves; this mesh has revision "${mesh.revision}" and no tag "default".`,
      at: 'metadata.labels["istio-injection"]',
      fix: `Use istio.io/rev: ${mesh.tags[0] ?? mesh.revision}, or add the tag default to the mesh.`,
    });
  }
  if (dataPlane === 'ambient' && mesh.dataPlane !== 'ambient') {
    found.push({
      code: 'no-ambient-data-plane',
      severity: 'error',
      message: `Namespace "${name}" is in ambient mode, but the mesh has no ztunnel: its pods would stay outside the mesh.`,
      at: `metadata.labels["${AMBIENT}"]`,
      fix: 'Install the mesh with the ambient profile, or use sidecars.',
    });
  }
  found.push(...unknownRevision(mesh, revision, 'metadata.labels'));
  return found;
}

function unknownRevision(mesh: MeshSettings, revision: string | undefined, at: string): Finding[] {
  const known = [mesh.revision, ...mesh.tags];
  if (revision === undefined || isLate(revision) || known.includes(revision)) return [];
  return [
    {
      code: 'unknown-revision',
      severity: 'error',
      message: `${REVISION}: "${revision}" is neither the revision nor a tag of the mesh, so nothing injects. ${suggestion(revision, known)}`,
      at: `${at}["${REVISION}"]`,
      fix: 'Name the revision or one of its tags.',
    },
  ];
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

function aboutPod(situation: InjectionSituation): Finding[] {
  const { mesh, namespace, pod } = situation;
  if (pod === undefined) return [];
  const found: Finding[] = [];
  const [label, annotation] = [pod.labels?.[INJECT], pod.annotations?.[INJECT]];
  if (label !== undefined && annotation !== undefined && label !== annotation) {
    found.push({
      code: 'label-against-annotation',
      severity: 'error',
      message: `The pod says ${INJECT}: "${label}" as a label and "${annotation}" as an annotation; Istio goes by the label.`,
      at: `metadata.annotations["${INJECT}"]`,
      fix: 'Remove the annotation; the label is the form that webhooks can select by.',
    });
  }
  for (const [place, value] of [
    ['labels', label],
    ['annotations', annotation],
  ] as const) {
    if (value === undefined || value === 'true' || value === 'false' || isLate(value)) continue;
    found.push({
      code: 'invalid-injection-label',
      severity: 'error',
      message: `${INJECT}: "${value}" is ignored by Istio, which takes "true" and "false" only.`,
      at: `metadata.${place}["${INJECT}"]`,
      fix: 'Use "true" or "false".',
    });
  }
  const spaceLabels = namespace?.labels ?? {};
  const asked =
    label === 'true' || (label === undefined && annotation === 'true') || pod.labels?.[REVISION] !== undefined;
  if (spaceLabels['istio-injection'] === 'disabled' && asked) {
    found.push({
      code: 'injection-disabled-by-namespace',
      severity: 'error',
      message: `The pod asks for a sidecar, but namespace "${namespace?.name ?? ''}" has istio-injection: disabled, which no pod can overrule.`,
      at: 'metadata.labels',
      fix: 'Remove istio-injection: disabled from the namespace, or the request from the pod.',
    });
  }
  const [podRevision, spaceRevision] = [pod.labels?.[REVISION], spaceLabels[REVISION]];
  if (podRevision !== undefined && spaceRevision !== undefined && podRevision !== spaceRevision) {
    found.push({
      code: 'revision-of-namespace-wins',
      severity: 'error',
      message: `The pod has ${REVISION}: "${podRevision}" in a namespace with ${REVISION}: "${spaceRevision}"; the namespace's revision injects it.`,
      at: `metadata.labels["${REVISION}"]`,
      fix: 'Remove the label from the pod, or move the namespace.',
    });
  }
  found.push(...unknownRevision(mesh, podRevision, 'metadata.labels'));
  if (pod.labels?.[AMBIENT] === 'ambient' && asked) {
    found.push({
      code: 'sidecar-and-ambient',
      severity: 'error',
      message:
        'The pod asks for a sidecar and for ambient mode; it would get the sidecar, and ztunnel would leave it alone.',
      at: 'metadata.labels',
      fix: `Remove ${AMBIENT} or the injection label.`,
    });
  }
  if (asksForSidecar(situation) === true) found.push(...aboutSidecar(situation, label === 'true'));
  return found;
}

/** What stands in the way of a sidecar that was asked for. */
function aboutSidecar({ mesh, namespace, pod }: InjectionSituation, isExplicit: boolean): Finding[] {
  const found: Finding[] = [];
  if (pod?.spec?.['hostNetwork'] === true) {
    found.push({
      code: 'host-network',
      severity: isExplicit ? 'error' : 'warning',
      message:
        "The pod uses the network of its node (hostNetwork), so Istio never injects it: the capture would be the node's.",
      at: 'spec.hostNetwork',
      fix: `Set the label ${INJECT}: "false", or give the pod its own network.`,
    });
    return found;
  }
  const level = namespace?.labels?.['pod-security.kubernetes.io/enforce'];
  const mode = pod?.annotations?.['sidecar.istio.io/interceptionMode'];
  if (level === undefined || !NO_CAPABILITIES.has(level) || mode === 'NONE') return found;
  if (!mesh.cni) {
    found.push({
      code: 'capture-needs-cni',
      severity: 'error',
      message: `Namespace "${namespace?.name ?? ''}" enforces pod security level "${level}", which refuses the istio-init container (NET_ADMIN, NET_RAW, root): no pod would start.`,
      at: 'metadata.labels["pod-security.kubernetes.io/enforce"]',
      fix: 'Install the mesh with its CNI agent (cni: true), or use ambient mode.',
    });
  } else if (mode === 'TPROXY') {
    found.push({
      code: 'tproxy-needs-privileges',
      severity: 'error',
      message: `TPROXY runs the proxy as root with NET_ADMIN, which pod security level "${level}" of namespace "${namespace?.name ?? ''}" refuses.`,
      at: 'metadata.annotations["sidecar.istio.io/interceptionMode"]',
      fix: 'Use REDIRECT.',
    });
  }
  return found;
}

/**
 * Every contradiction between the labels of a namespace, the labels and annotations of a pod, and the mesh that both
 * mean to be in.
 */
export function modeIssues(situation: InjectionSituation): Issue[] {
  const { object, origin } = situation;
  const place = { ...(object === undefined ? {} : { object }), ...(origin === undefined ? {} : { origin }) };
  const found = situation.namespace === undefined ? [] : aboutNamespace(situation);
  return [...found, ...aboutPod(situation)].map((finding) => ({ ...finding, ...place }));
}
