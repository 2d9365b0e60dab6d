import type { GATEWAY, Given, MeshConfig, Values } from './values';

/** What Kubernetes objects of a component are made to be, field by field of the objects themselves. */
export interface KubernetesSettings {
  readonly affinity?: Readonly<Record<string, unknown>>;
  /** Environment variables of the component's container. */
  readonly env?: readonly EnvVar[];
  /** Fields of the HorizontalPodAutoscaler's spec. */
  readonly hpaSpec?: Readonly<Record<string, unknown>>;
  readonly imagePullPolicy?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Fields of the PodDisruptionBudget's spec. */
  readonly podDisruptionBudget?: Readonly<Record<string, unknown>>;
  readonly priorityClassName?: string;
  readonly readinessProbe?: Readonly<Record<string, unknown>>;
  readonly replicaCount?: number;
  readonly resources?: Readonly<Record<string, unknown>>;
  /** Security context of the pod. */
  readonly securityContext?: Readonly<Record<string, unknown>>;
  /** Fields of the Service's spec. The ports of a gateway's Service are also those its pod opens. */
  readonly service?: Readonly<Record<string, unknown>>;
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  /** Update strategy of the Deployment. */
  readonly strategy?: Readonly<Record<string, unknown>>;
  readonly tolerations?: readonly Readonly<Record<string, unknown>>[];
  readonly volumeMounts?: readonly Readonly<Record<string, unknown>>[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  /** Changes to any object of the component, path by path; applied last. */
  readonly overlays?: readonly Overlay[];
}

/** A Kubernetes environment variable. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: Readonly<Record<string, unknown>>;
}

/** Changes to one object of a component. */
export interface Overlay {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
  readonly patches: readonly PathPatch[];
}

/** One change: `spec.template.spec.containers.[name:discovery].args.[-1]` becomes `value`, or goes where there is none. */
export interface PathPatch {
  readonly path: string;
  readonly value?: unknown;
}

/** A part of the install: whether it is there, where, and with which images. */
export interface ComponentSpec {
  readonly enabled?: boolean;
  readonly namespace?: string;
  readonly hub?: string;
  readonly tag?: string | number;
  readonly k8s?: KubernetesSettings;
}

/** A gateway of the install. */
export interface GatewaySpec extends ComponentSpec {
  readonly name?: string;
  /** Labels of its objects and pods, beside `app` and `istio`. */
  readonly label?: Readonly<Record<string, string>>;
  /** Settings of this gateway alone, where `values.gateways` holds for all of its kind. Not part of IstioOperator files. */
  readonly settings?: Given<typeof GATEWAY>;
}

/** The parts of an install. */
export interface Components {
  readonly base?: ComponentSpec;
  readonly pilot?: ComponentSpec;
  readonly cni?: ComponentSpec;
  readonly ztunnel?: ComponentSpec;
  readonly ingressGateways?: readonly GatewaySpec[];
  readonly egressGateways?: readonly GatewaySpec[];
}

/**
 * An install as data: what the `spec` of an IstioOperator file says. Everything else, the typed options of `Mesh` as
 * well as files, is turned into this, and everything that is rendered comes from it.
 */
export interface InstallSpec {
  readonly profile?: string;
  readonly hub?: string;
  readonly tag?: string | number;
  readonly revision?: string;
  readonly compatibilityVersion?: string;
  readonly meshConfig?: MeshConfig;
  readonly components?: Components;
  readonly values?: Values;
}
