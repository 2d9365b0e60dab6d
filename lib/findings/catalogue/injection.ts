import { suggestion } from '../did-you-mean';
import { define, type Definitions } from '../definition';

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';
const AMBIENT = 'istio.io/dataplane-mode';
const INJECTION = 'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/';
const RESOURCES = 'https://istio.io/latest/docs/reference/config/annotations/';
const LABELS = 'https://istio.io/latest/docs/reference/config/labels/';

type As = 'label' | 'annotation';
const a = (as: As): string => (as === 'label' ? 'a label' : 'an annotation');

/** A name that Istio reads as the other of the two, or on other kinds. */
type Misplaced =
  | { readonly name: string; readonly as: As }
  | {
      readonly name: string;
      readonly as: As;
      readonly kind: string;
      readonly kinds: readonly string[];
      readonly to: string;
    };

const misplaced = (facts: Misplaced): string => {
  if (!('kind' in facts)) {
    const other = facts.as === 'label' ? 'annotation' : 'label';
    return `${facts.name} is ${a(other)}; as ${a(facts.as)} Istio does not read it.`;
  }
  const { name, as, kind, kinds } = facts;
  return `The ${as} ${name} means nothing on a ${kind}; it belongs on ${kinds.join(', ')}.`;
};
const place = (facts: Misplaced): string =>
  'kind' in facts
    ? `Move it to ${facts.to}.`
    : `Move it to metadata.${facts.as === 'label' ? 'annotations' : 'labels'}.`;

export interface Unknown {
  readonly name: string;
  readonly known: readonly string[];
}
export interface Deprecated {
  readonly name: string;
  readonly replacement?: string;
}

const unknown = (as: As, { name, known }: Unknown): string =>
  `Istio knows no ${as} ${name}. ${suggestion(name, known)}`;
/** Findings of `lib/injection`: how workloads join the mesh. */
export const INJECTION_FINDINGS = {
  'two-injection-labels': define<{ readonly namespace: string; readonly injection: string; readonly revision: string }>(
    {
      severity: 'error',
      title: 'A namespace with both injection labels',
      message: ({ namespace, injection, revision }) =>
        `Namespace "${namespace}" has both istio-injection: ${injection} and ${REVISION}: ${revision}; Istio goes by istio-injection alone.`,
      fix: () => `Keep ${REVISION} for a revision or tag, or istio-injection for the default revision.`,
      example: { namespace: 'shop', injection: 'enabled', revision: '1-30' },
      source: INJECTION,
    },
  ),
  'invalid-injection-label': define<{
    readonly label: string;
    readonly value: string;
    readonly known: readonly string[];
  }>({
    severity: 'error',
    title: 'An injection label whose value Istio ignores',
    message: ({ label, value, known }) =>
      `Istio ignores ${label}: "${value}"; it takes ${known.map((one) => `"${one}"`).join(' and ')} only.`,
    fix: ({ known }) => `Use ${known.map((one) => `"${one}"`).join(' or ')}.`,
    example: { label: 'istio-injection', value: 'true', known: ['enabled', 'disabled'] },
    source: INJECTION,
  }),
  'sidecar-and-ambient': define<{ readonly namespace?: string }>({
    severity: 'error',
    title: 'Sidecars and ambient mode at once',
    message: ({ namespace }) =>
      namespace === undefined
        ? 'The pod asks for a sidecar and for ambient mode; it would get the sidecar, and ztunnel would leave it alone.'
        : `Namespace "${namespace}" asks for sidecars and for ambient mode; pods would get a sidecar, and ztunnel would leave them alone.`,
    fix: () => `Remove ${AMBIENT} or the injection label.`,
    example: { namespace: 'shop' },
    source: 'https://istio.io/latest/docs/ambient/usage/add-workloads/',
  }),
  'nothing-injects': define<{ readonly namespace: string; readonly revision: string; readonly tag?: string }>({
    severity: 'error',
    title: 'A namespace that no revision injects',
    message: ({ namespace, revision }) =>
      `Namespace "${namespace}" has istio-injection: enabled, which only the default revision serves; this mesh has revision "${revision}" and no tag "default".`,
    fix: ({ revision, tag }) => `Use ${REVISION}: ${tag ?? revision}, or add the tag default to the mesh.`,
    example: { namespace: 'shop', revision: '1-30' },
    source: INJECTION,
  }),
  'no-ambient-data-plane': define<{ readonly namespace: string }>({
    severity: 'error',
    title: 'Ambient mode in a mesh without ztunnel',
    message: ({ namespace }) =>
      `Namespace "${namespace}" is in ambient mode, but the mesh has no ztunnel: its pods would stay outside the mesh.`,
    fix: () => 'Install the mesh with the ambient profile, or use sidecars.',
    example: { namespace: 'shop' },
    source: 'https://istio.io/latest/docs/ambient/install/',
  }),
  'unknown-revision': define<{ readonly revision: string; readonly known: readonly string[] }>({
    severity: 'error',
    title: 'A revision that the mesh does not have',
    message: ({ revision, known }) =>
      `${REVISION}: "${revision}" is neither the revision nor a tag of the mesh, so nothing injects. ${suggestion(revision, known)}`,
    fix: () => 'Name the revision or one of its tags.',
    example: { revision: '1-29', known: ['1-30'] },
    source: INJECTION,
  }),
  'label-against-annotation': define<{ readonly label: string; readonly annotation: string }>({
    severity: 'error',
    title: 'A label and an annotation that contradict each other',
    message: ({ label, annotation }) =>
      `The pod says ${INJECT}: "${label}" as a label and "${annotation}" as an annotation; Istio goes by the label.`,
    fix: () => 'Remove the annotation; the label is the form that webhooks can select by.',
    example: { label: 'true', annotation: 'false' },
    source: INJECTION,
  }),
  'injection-disabled-by-namespace': define<{ readonly namespace: string }>({
    severity: 'error',
    title: 'A pod that asks for what its namespace forbids',
    message: ({ namespace }) =>
      `The pod asks for a sidecar, but namespace "${namespace}" has istio-injection: disabled, which no pod can overrule.`,
    fix: () => 'Remove istio-injection: disabled from the namespace, or the request from the pod.',
    example: { namespace: 'shop' },
    source: INJECTION,
  }),
  'revision-of-namespace-wins': define<{ readonly pod: string; readonly namespace: string }>({
    severity: 'error',
    title: 'A pod whose revision its namespace overrules',
    message: ({ pod, namespace }) =>
      `The pod has ${REVISION}: "${pod}" in a namespace with ${REVISION}: "${namespace}"; the namespace's revision injects it.`,
    fix: () => 'Remove the label from the pod, or move the namespace.',
    example: { pod: '1-29', namespace: '1-30' },
    source: INJECTION,
  }),
  'host-network': define<{ readonly isExplicit: boolean }>({
    severity: ({ isExplicit }) => (isExplicit ? 'error' : 'warning'),
    title: 'A pod in the network of its node',
    message: () =>
      "The pod uses the network of its node (hostNetwork), so Istio never injects it: the capture would be the node's.",
    fix: () => `Set the label ${INJECT}: "false", or give the pod its own network.`,
    example: { isExplicit: true },
    source: INJECTION,
  }),
  'capture-needs-cni': define<{ readonly namespace: string; readonly level: string }>({
    severity: 'error',
    title: 'A pod security level that refuses istio-init',
    message: ({ namespace, level }) =>
      `Namespace "${namespace}" enforces pod security level "${level}", which refuses the istio-init container (NET_ADMIN, NET_RAW, root): no pod would start.`,
    fix: () => 'Install the mesh with its CNI agent (cni: true), or use ambient mode.',
    example: { namespace: 'shop', level: 'restricted' },
    source: 'https://istio.io/latest/docs/setup/additional-setup/pod-security-admission/',
  }),
  'tproxy-needs-privileges': define<{ readonly namespace: string; readonly level: string }>({
    severity: 'error',
    title: 'TPROXY where the pod security level refuses it',
    message: ({ namespace, level }) =>
      `TPROXY runs the proxy as root with NET_ADMIN, which pod security level "${level}" of namespace "${namespace}" refuses.`,
    fix: () => 'Use REDIRECT.',
    example: { namespace: 'shop', level: 'restricted' },
  }),
  'misplaced-label': define<Misplaced>({
    severity: 'warning',
    title: 'A label of Istio where it does nothing',
    message: misplaced,
    fix: place,
    example: { name: 'istio.io/rev', as: 'label', kind: 'Service', kinds: ['Pod'], to: 'a Pod' },
    source: LABELS,
  }),
  'misplaced-annotation': define<Misplaced>({
    severity: 'warning',
    title: 'An annotation of Istio where it does nothing',
    message: misplaced,
    fix: place,
    example: { name: 'istio.io/rev', as: 'annotation' },
    source: RESOURCES,
  }),
  'unknown-label': define<Unknown>({
    severity: 'warning',
    title: 'A label of Istio that does not exist',
    message: (facts) => unknown('label', facts),
    fix: () => 'Correct the name, or remove it: it does nothing.',
    example: { name: 'istio.io/revision', known: ['istio.io/rev'] },
    source: LABELS,
  }),
  'unknown-annotation': define<Unknown>({
    severity: 'warning',
    title: 'An annotation of Istio that does not exist',
    message: (facts) => unknown('annotation', facts),
    fix: () => 'Correct the name, or remove it: it does nothing.',
    example: { name: 'sidecar.istio.io/injct', known: ['sidecar.istio.io/inject'] },
    source: RESOURCES,
  }),
  'deprecated-label': define<Deprecated>({
    severity: 'info',
    title: 'A deprecated label of Istio',
    message: ({ name }) => `The label ${name} is deprecated.`,
    fix: ({ replacement }) => (replacement === undefined ? undefined : `Use ${replacement}.`),
    example: { name: 'istio.io/test' },
    source: LABELS,
  }),
  'deprecated-annotation': define<Deprecated>({
    severity: 'info',
    title: 'A deprecated annotation of Istio',
    message: ({ name }) => `The annotation ${name} is deprecated.`,
    fix: ({ replacement }) => (replacement === undefined ? undefined : `Use ${replacement}.`),
    example: { name: 'sidecar.istio.io/inject', replacement: 'the label sidecar.istio.io/inject' },
    source: RESOURCES,
  }),
  'invalid-sidecar-option': define<{ readonly option: string; readonly value: unknown; readonly allowed: string }>({
    severity: 'error',
    title: 'An option of a sidecar that cannot be',
    message: ({ option, value, allowed }) => `"${String(value)}" is not allowed for ${option}: it must be ${allowed}.`,
    example: { option: 'concurrency', value: -1, allowed: 'a whole number from 0, where 0 is one thread per core' },
    source: RESOURCES,
  }),
  'dns-policy': define<{ readonly policy: string }>({
    severity: 'warning',
    title: 'A DNS policy that hides the control plane',
    message: ({ policy }) => `The dnsPolicy is "${policy}", so the proxy may not find the control plane by its name.`,
    fix: () => 'Use ClusterFirst, or make the names of the cluster resolvable otherwise.',
    example: { policy: 'Default' },
  }),
  'injection-failed': define<{ readonly reason: string }>({
    severity: 'error',
    title: 'A pod that cannot be injected',
    message: ({ reason }) => `Injection failed: ${reason}.`,
    example: { reason: 'the patch of containers has no name' },
  }),
  'unknown-template': define<{ readonly template: string; readonly known: readonly string[] }>({
    severity: 'error',
    title: 'An injection template that the mesh does not have',
    message: ({ template, known }) =>
      `Requested template "${template}" not found; have ${known.join(', ')}. ${suggestion(template, known)}`,
    fix: () => 'Correct inject.istio.io/templates, or add the template to the mesh.',
    example: { template: 'sidecr', known: ['sidecar', 'gateway'] },
    source: 'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#customizing-injection',
  }),
  'invalid-template': define<{ readonly template: string; readonly reason: string }>({
    severity: 'error',
    title: 'An injection template that cannot be read',
    message: ({ template, reason }) => `The injection template "${template}" cannot be read: ${reason}.`,
    example: { template: 'custom', reason: 'unexpected EOF' },
  }),
  'template-failed': define<{ readonly template: string; readonly reason: string; readonly isYaml: boolean }>({
    severity: 'error',
    title: 'An injection template that fails for a pod',
    message: ({ template, reason, isYaml }) =>
      `The injection template "${template}" ${isYaml ? 'made no YAML' : 'failed'}: ${reason}.`,
    example: { template: 'sidecar', reason: 'no port named status', isYaml: false },
  }),
  'unknown-mesh-values': define<{ readonly object: string }>({
    severity: 'error',
    title: 'Injection at synthesis for a mesh whose injector is not known',
    message: ({ object }) =>
      `${object} is to be injected at synthesis, but the settings of the mesh's injector are not known.`,
    fix: () => 'Give the mesh its values: those of the ConfigMap istio-sidecar-injector.',
    example: { object: 'Deployment shop/web' },
  }),
} as const satisfies Definitions;
