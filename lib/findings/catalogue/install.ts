import { suggestion } from '../did-you-mean';
import { define, type Definitions } from '../definition';

const OPERATOR = 'https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/';
const REVISIONS = 'https://istio.io/latest/docs/setup/upgrade/canary/';

/** Findings of `lib/install`: settings of an install, and what is made of them. */
export const INSTALL = {
  'unknown-setting': define<{ readonly name: string; readonly known: readonly string[]; readonly what?: string }>({
    severity: 'error',
    title: 'A setting that does not exist',
    message: ({ name, known, what = 'setting' }) =>
      `There is no ${what} "${name}" here. ${suggestion(name, known)}`.trimEnd(),
    fix: () => 'Correct the name, or remove it: Istio would not read it.',
    example: { name: 'trustDomian', known: ['trustDomain'] },
    source: OPERATOR,
  }),
  'removed-component': define<{ readonly component: string; readonly instead: string }>({
    severity: 'error',
    title: 'A component that Istio no longer has',
    message: ({ component }) => `${component} is not a component any more.`,
    fix: ({ instead }) => instead,
    example: { component: 'istiodRemote', instead: 'Use profile "remote", or set values.istiodRemote.enabled.' },
    source: OPERATOR,
  }),
  'unknown-profile': define<{ readonly what: string; readonly name: string; readonly known: readonly string[] }>({
    severity: 'error',
    title: 'A profile, platform or compatibility version that does not exist',
    message: ({ what, name, known }) => `There is no ${what} "${name}". ${suggestion(name, known)}`.trimEnd(),
    fix: ({ known }) => `Name one of ${known.join(', ')}.`,
    example: { what: 'profile', name: 'defualt', known: ['default', 'demo'] },
    source: 'https://istio.io/latest/docs/setup/additional-setup/config-profiles/',
  }),
  'setting-type': define<{ readonly value: unknown; readonly expected: string; readonly got: string }>({
    severity: 'error',
    title: 'A setting of the wrong type',
    message: ({ expected, got }) => `This must be ${expected}, not ${got}.`,
    fix: ({ value, expected }) => {
      const isQuotable = expected === 'a string' && (typeof value === 'number' || typeof value === 'boolean');
      if (isQuotable) return `Put it in quotes: "${String(value)}".`;
      return value === null ? 'Remove it.' : `Give it as ${expected}.`;
    },
    example: { value: 5, expected: 'a string', got: 'the number 5' },
    source: OPERATOR,
  }),
  'setting-value': define<{ readonly value: string; readonly allowed: string; readonly known?: readonly string[] }>({
    severity: 'error',
    title: 'A value that a setting does not take',
    message: ({ value, allowed, known }) =>
      `"${value}" is not ${allowed}.${known === undefined ? '' : ` ${suggestion(value, known)}`}`,
    fix: ({ allowed }) => `Give ${allowed}.`,
    example: { value: 'LAX', allowed: 'a mode of mutual TLS', known: ['STRICT', 'PERMISSIVE'] },
    source: 'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/',
  }),
  'extension-provider': define<
    | { readonly problem: 'not-a-map' | 'no-name' }
    | { readonly problem: 'unknown-kind'; readonly kind: string; readonly known: readonly string[] }
    | { readonly problem: 'several-kinds'; readonly count: number }
  >({
    severity: 'error',
    title: 'An extension provider that is not whole',
    message: (facts) => {
      switch (facts.problem) {
        case 'not-a-map':
          return 'An extension provider must be a map.';
        case 'no-name':
          return 'An extension provider has no name.';
        case 'unknown-kind':
          return `There is no kind of extension provider "${facts.kind}". ${suggestion(facts.kind, facts.known)}`;
        case 'several-kinds':
          return `An extension provider has one kind; this one has ${facts.count}.`;
      }
    },
    fix: ({ problem }) =>
      ({
        'not-a-map': 'Give it a name and a kind.',
        'no-name': 'Name it: other objects refer to it by name.',
        'unknown-kind': 'Correct the kind.',
        'several-kinds': 'Leave one kind.',
      })[problem],
    example: { problem: 'no-name' },
    source: 'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider',
  }),
  'privileged-port': define<{ readonly port: number; readonly targetPort: number }>({
    severity: 'error',
    title: 'A port of the pod that only root may open',
    message: ({ port, targetPort }) => `Port ${port} leads to port ${targetPort} of the pod, which only root may open.`,
    fix: () => 'Choose a target port from 1024 up, or set runAsRoot in the settings of the gateway.',
    example: { port: 80, targetPort: 80 },
  }),
  'not-an-istio-operator-object': define<{ readonly problem: string; readonly fix: string }>({
    severity: 'error',
    title: 'A document that is not an IstioOperator object',
    message: ({ problem }) => problem,
    fix: ({ fix }) => fix,
    example: { problem: 'The kind is "Istio".', fix: 'It must be IstioOperator.' },
    source: OPERATOR,
  }),
  'unsupported-setting': define<{ readonly problem: string; readonly fix: string }>({
    severity: 'error',
    title: 'A setting that cannot be honoured here',
    message: ({ problem }) => problem,
    fix: ({ fix }) => fix,
    example: { problem: '"installPackagePath" is not supported.', fix: 'Remove it; charts are not read.' },
    source: OPERATOR,
  }),
  'set-flag': define<{ readonly flag: string; readonly reason?: string }>({
    severity: 'error',
    title: 'A --set flag that cannot be applied',
    message: ({ flag, reason }) =>
      reason === undefined
        ? `"${flag}" is not of the form path=value.`
        : `The path of "${flag}" leads nowhere: ${reason}.`,
    fix: ({ reason }) =>
      reason === undefined
        ? 'Write it as path=value: values.global.proxy.logLevel=debug.'
        : 'Name a place that exists; [-1] adds an item to a list.',
    example: { flag: 'values.global' },
    source: 'https://istio.io/latest/docs/setup/additional-setup/customize-installation/',
  }),
  'revision-still-used': define<{ readonly revision: string; readonly known: readonly string[] }>({
    severity: 'error',
    title: 'A revision or tag that no control plane has',
    message: ({ revision, known }) =>
      `It asks for the revision or tag "${revision}", which no control plane here has. ${suggestion(revision, known)}`.trimEnd(),
    fix: ({ revision }) =>
      `Move it to another revision first, point a tag "${revision}" at one, or keep the control plane.`,
    example: { revision: '1-29', known: ['1-30'] },
    source: REVISIONS,
  }),
  'revision-taken': define<{ readonly revision: string }>({
    severity: 'error',
    title: 'Two control planes of one revision',
    message: ({ revision }) => `Two control planes have the revision "${revision}".`,
    fix: () => 'Give one of them another revision.',
    example: { revision: '1-30' },
    source: REVISIONS,
  }),
  'tag-taken': define<{ readonly tag: string; readonly revisions: readonly string[] }>({
    severity: 'error',
    title: 'One tag on two revisions',
    message: ({ tag, revisions }) =>
      `The tag "${tag}" points at two revisions: ${revisions.map((name) => `"${name}"`).join(' and ')}.`,
    fix: () => 'Leave it on one of them; moving it moves the namespaces that follow it.',
    example: { tag: 'prod', revisions: ['1-29', '1-30'] },
    source: REVISIONS,
  }),
  'version-skew': define<{ readonly versions: readonly string[]; readonly distance: number }>({
    severity: 'error',
    title: 'Control planes whose versions are too far apart',
    message: ({ versions, distance }) =>
      `Istio ${versions.join(' and ')} are ${distance} minor versions apart; at most two are supported side by side.`,
    fix: () => 'Upgrade in smaller steps.',
    example: { versions: ['1.27.0', '1.30.3'], distance: 3 },
    source: 'https://istio.io/latest/docs/releases/supported-releases/',
  }),
  'overlay-without-object': define<{ readonly kind: string; readonly name: string; readonly known: readonly string[] }>(
    {
      severity: 'error',
      title: 'An overlay of an object that the component does not have',
      message: ({ kind, name, known }) =>
        `The component has no ${kind} "${name}". ${suggestion(`${kind} ${name}`, known)}`.trimEnd(),
      fix: () => 'Name an object that the component has, or remove the overlay.',
      example: { kind: 'Deployment', name: 'istoid', known: ['Deployment istiod'] },
      source: OPERATOR,
    },
  ),
  'overlay-path': define<{ readonly path: string; readonly reason: string }>({
    severity: 'error',
    title: 'An overlay of a place that the object does not have',
    message: ({ path, reason }) => `The path "${path}" leads nowhere: ${reason}.`,
    fix: () => 'Name a place that the object has; [-1] adds an item to a list.',
    example: { path: 'spec.template.spec.containers[name:proxy]', reason: 'no item has name proxy' },
    source: OPERATOR,
  }),
  'setting-not-mergeable': define<{ readonly reason: string }>({
    severity: 'error',
    title: 'A Kubernetes setting that cannot be merged into the object',
    message: ({ reason }) => `The Kubernetes settings cannot be merged into the object: ${reason}.`,
    fix: () => 'Write the setting as a strategic merge patch that the API server would take.',
    example: {
      reason:
        'an item of deployment.spec.template.spec.containers[discovery].env has no name, by which the items are told apart',
    },
    source:
      'https://github.com/kubernetes/community/blob/main/contributors/devel/sig-api-machinery/strategic-merge-patch.md',
  }),
  'setting-without-effect': define<{
    readonly setting: string;
    readonly kind: string;
    readonly name: string;
    readonly fix: string;
  }>({
    severity: 'warning',
    title: 'A Kubernetes setting for an object that the component does not have',
    message: ({ setting, kind, name }) => `k8s.${setting} changes nothing: the component has no ${kind} "${name}".`,
    fix: ({ fix }) => fix,
    example: { setting: 'hpaSpec', kind: 'HorizontalPodAutoscaler', name: 'istiod', fix: 'Remove it.' },
    source: OPERATOR,
  }),
  'cni-directory': define<object>({
    severity: 'warning',
    title: 'A CNI directory that nodes of GKE cannot write to',
    message: () => 'The CNI agent installs its plugin to /opt/cni/bin, which nodes of GKE cannot write to.',
    fix: () => 'Set it to /home/kubernetes/bin.',
    example: {},
    source: 'https://istio.io/latest/docs/setup/additional-setup/cni/',
  }),
  'not-expressible': define<{ readonly kind: string }>({
    severity: 'error',
    title: 'Settings that an IstioOperator file cannot say',
    message: ({ kind }) => `An IstioOperator file has one set of settings for all ${kind} gateways; these differ.`,
    fix: () => 'Give the gateways the same settings, or say what differs by their k8s settings.',
    example: { kind: 'ingress' },
    source: OPERATOR,
  }),
  'no-chart-value': define<{ readonly component: string; readonly name: string }>({
    severity: 'error',
    title: 'A setting that the official chart has no value for',
    message: ({ component, name }) => `The official chart of ${component} has no value for "${name}".`,
    fix: () => 'Install the mesh natively, or leave the setting out of this form.',
    example: { component: 'pilot', name: 'priorityClassName' },
  }),
} as const satisfies Definitions;
