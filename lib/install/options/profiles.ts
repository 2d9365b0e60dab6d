import type { InstallSpec } from './spec';

/** What a profile sets on top of the `default` one: which components there are, and which layer of values they get. */
export type Profile = Pick<InstallSpec, 'components' | 'values'>;

/** Where every install starts. */
export const BASE_PROFILE = {
  components: {
    base: { enabled: true },
    pilot: { enabled: true },
    ingressGateways: [{ name: 'istio-ingressgateway', enabled: true }],
    egressGateways: [{ name: 'istio-egressgateway', enabled: false }],
  },
  values: {
    defaultRevision: '',
    global: { istioNamespace: 'istio-system', configValidation: true },
    gateways: { 'istio-ingressgateway': {}, 'istio-egressgateway': {} },
    ztunnel: { resourceName: 'ztunnel' },
  },
} as const satisfies Profile;

const NO_INGRESS = [{ name: 'istio-ingressgateway', enabled: false }] as const;

/**
 * The installs that Istio ships by name, each as what it changes.
 * https://istio.io/latest/docs/setup/additional-setup/config-profiles/
 */
export const PROFILES = {
  /** Control plane and ingress gateway. */
  default: {},
  /** For trying things out: ingress and egress gateway, low requests, access logs, every request traced. */
  demo: {
    components: { egressGateways: [{ name: 'istio-egressgateway', enabled: true }] },
    values: { profile: 'demo' },
  },
  /** The control plane alone. */
  minimal: { components: { ingressGateways: NO_INGRESS } },
  /** Nothing; for installs that name every component. */
  empty: {
    components: { base: { enabled: false }, pilot: { enabled: false }, ingressGateways: NO_INGRESS },
  },
  /** Control plane and the ambient data plane: CNI agent and ztunnel. */
  ambient: {
    components: { cni: { enabled: true }, ztunnel: { enabled: true }, ingressGateways: NO_INGRESS },
    values: { profile: 'ambient' },
  },
  /** Features that are not stable yet. */
  preview: { values: { profile: 'preview' } },
  /** A cluster whose control plane is in another one. */
  remote: {
    components: { base: { enabled: true }, pilot: { enabled: true }, ingressGateways: NO_INGRESS },
    values: { profile: 'remote' },
  },
  /** Only stable features are admitted. */
  stable: { values: { profile: 'stable' } },
  /** OpenShift, with sidecars. */
  openshift: {
    components: { cni: { enabled: true, namespace: 'kube-system' } },
    values: { global: { platform: 'openshift' } },
  },
  /** OpenShift, ambient. */
  'openshift-ambient': {
    components: {
      cni: { enabled: true, namespace: 'kube-system' },
      ztunnel: { enabled: true, namespace: 'kube-system' },
      ingressGateways: NO_INGRESS,
    },
    values: { profile: 'ambient', global: { platform: 'openshift' } },
  },
} as const satisfies Record<string, Profile>;

/** A name of `PROFILES`. */
export type ProfileName = keyof typeof PROFILES;
