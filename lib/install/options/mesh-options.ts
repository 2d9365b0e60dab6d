import type { GatewayOptions } from './gateway-options';
import type { ProfileName } from './profiles';
import type { ComponentSpec, KubernetesSettings } from './spec';
import type { MeshConfig, Values } from './values';

type Texts = Readonly<Record<string, string>>;
type Items = readonly Readonly<Record<string, unknown>>[];

/** Compute resources of a container. A null takes a default out. */
export interface ResourceAmounts {
  readonly requests?: Readonly<Record<string, string | number | null>>;
  readonly limits?: Readonly<Record<string, string | number | null>>;
}

/** istiod. */
export interface PilotOptions {
  /**
   * A fixed number of pods, without an autoscaler.
   *
   * @default - an autoscaler from 1 to 5
   */
  readonly replicas?: number;
  /** @default - from 1 to 5, at 80 % of CPU */
  readonly autoscaling?: { readonly min?: number; readonly max?: number; readonly targetCpu?: number };
  /** @default - requests 500m and 2Gi */
  readonly resources?: ResourceAmounts;
  /** Environment variables: Istio's feature flags. @default - none */
  readonly env?: Texts;
  /** More arguments. @default - none */
  readonly extraArgs?: readonly string[];
  /** Percent of requests that are traced. @default 1 */
  readonly traceSampling?: number;
  readonly affinity?: Readonly<Record<string, unknown>>;
  readonly tolerations?: Items;
  readonly nodeSelector?: Texts;
  readonly topologySpreadConstraints?: Items;
  readonly podAnnotations?: Texts;
  /** Fields of its objects in Kubernetes' own form, and overlays; applied last. @default - none */
  readonly k8s?: KubernetesSettings;
}

/** Which traffic of a pod goes through its proxy. */
export interface CaptureOptions {
  /** @default - all */
  readonly includeIPRanges?: readonly string[];
  /** @default - none */
  readonly excludeIPRanges?: readonly string[];
  /** @default - all */
  readonly includeInboundPorts?: readonly number[];
  /** @default - none */
  readonly excludeInboundPorts?: readonly number[];
  /** @default - none beyond the ranges */
  readonly includeOutboundPorts?: readonly number[];
  /** @default - none */
  readonly excludeOutboundPorts?: readonly number[];
}

/** Defaults of sidecars and gateways. */
export interface ProxyOptions {
  /** @default - requests 100m and 128Mi, limits 2 and 1Gi */
  readonly resources?: ResourceAmounts;
  /** @default 'warning' */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warning' | 'error' | 'critical' | 'off';
  /** Log levels of single components. @default 'misc:error' */
  readonly componentLogLevel?: string;
  /** Start applications only after their proxy. @default false */
  readonly holdApplicationUntilProxyStarts?: boolean;
  /** @default - all traffic */
  readonly capture?: CaptureOptions;
  /** @default false */
  readonly privileged?: boolean;
  /** Lifecycle hooks of the container. @default - Istio's own */
  readonly lifecycle?: Readonly<Record<string, unknown>>;
  /** @default - every 15 s, failing after 4, from the start */
  readonly readiness?: {
    readonly failureThreshold?: number;
    readonly initialDelaySeconds?: number;
    readonly periodSeconds?: number;
  };
  /** @default - up to 600 s */
  readonly startup?: { readonly enabled?: boolean; readonly failureThreshold?: number };
}

/** This cluster among those of the mesh. */
export interface MultiClusterOptions {
  /** Identity of the mesh. @default - its trust domain */
  readonly meshId?: string;
  /** Name of this cluster. @default 'Kubernetes' */
  readonly clusterName?: string;
  /** Network of this cluster. @default - one network for all */
  readonly network?: string;
  /** Networks and how to reach them. @default - none */
  readonly networks?: Readonly<Record<string, unknown>>;
}

/** The agent on each node that sets up traffic capture. */
export interface CniOptions {
  /** @default - the namespace of the control plane */
  readonly namespace?: string;
  /** Join the chain of CNI plugins. @default true */
  readonly chained?: boolean;
  /** @default - requests 100m and 100Mi */
  readonly resources?: ResourceAmounts;
  /** Namespaces it leaves alone. @default - kube-system */
  readonly excludeNamespaces?: readonly string[];
  /** Where the node keeps CNI binaries. @default '/opt/cni/bin', or as the platform has it */
  readonly binDir?: string;
  /** Where the node keeps CNI configuration. @default '/etc/cni/net.d', or as the platform has it */
  readonly confDir?: string;
  readonly k8s?: KubernetesSettings;
}

/** The ambient data plane on each node. */
export interface ZtunnelOptions {
  /** @default - the namespace of the control plane */
  readonly namespace?: string;
  /** @default - requests 200m and 512Mi */
  readonly resources?: ResourceAmounts;
  /** @default 'info' */
  readonly logLevel?: string;
  readonly env?: Texts;
  readonly k8s?: KubernetesSettings;
}

/** Who is injected, and by which webhook. */
export interface WebhookOptions {
  /** Inject every namespace that does not say otherwise. @default false */
  readonly namespacesByDefault?: boolean;
  /** Label selectors of pods that are never injected. @default - none */
  readonly neverInject?: Items;
  /** Label selectors of pods that are always injected. @default - none */
  readonly alwaysInject?: Items;
  /** Send the kubelet's probes through the proxy. @default true */
  readonly rewriteProbes?: boolean;
  /** Run injection again when a later webhook changed the pod. @default 'Never' */
  readonly reinvocation?: 'Never' | 'IfNeeded';
  /**
   * What happens to Istio configuration while istiod cannot check it. istiod sets it to Fail at run time unless it is
   * given here.
   *
   * @default - Ignore until istiod is ready
   */
  readonly validationFailurePolicy?: 'Fail' | 'Ignore';
  /** Certificate of the validating webhook, base64 PEM; nothing is then written at run time. @default - istiod writes it */
  readonly validationCaBundle?: string;
  /** Injection templates by name, beside or instead of the built-in ones. @default - none */
  readonly templates?: Texts;
  /** Templates of pods that name none. @default - sidecar */
  readonly defaultTemplates?: readonly string[];
  /** Annotations that injection adds. @default - none */
  readonly injectedAnnotations?: Texts;
}

/** A gateway of the mesh: its name may be left out when there is one of its kind. */
export type MeshGatewayOptions = Partial<Pick<GatewayOptions, 'name'>> & Omit<GatewayOptions, 'name' | 'kind'>;

/** An install of Istio. */
export interface MeshOptions {
  /**
   * Where to start: `default` has a control plane and an ingress gateway, `demo` also an egress gateway, `minimal` the
   * control plane alone, `ambient` the control plane with CNI agent and ztunnel, `empty` nothing.
   *
   * @default 'default'
   */
  readonly profile?: ProfileName;
  /** Registry and path of images. @default 'docker.io/istio' */
  readonly hub?: string;
  /** Image tag. @default - the Istio version this package installs */
  readonly tag?: string;
  /** Image variant. @default - the full image, or `distroless` with the ambient profile */
  readonly variant?: 'distroless' | 'debug';
  /** @default - the kubelet's */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /** Names of Secrets to pull images with. @default - none */
  readonly imagePullSecrets?: readonly string[];
  /** Namespace of the control plane. @default 'istio-system' */
  readonly namespace?: string;
  /** Revision of the control plane, for running two side by side. @default - the default revision */
  readonly revision?: string;
  /** Tags that point at this revision; namespaces follow a tag when it moves. @default - none */
  readonly tags?: readonly string[];
  /**
   * Also check the configuration that names no revision, by this revision's istiod.
   *
   * @default false
   */
  readonly defaultRevision?: boolean;
  /** @default - a plain Kubernetes */
  readonly platform?: 'gke' | 'openshift' | 'k3d' | 'k3s' | 'microk8s' | 'minikube';
  /** Behave as an older version did. @default - as the version is */
  readonly compatibilityVersion?: '1.25' | '1.26' | '1.27' | '1.28' | '1.29';
  /** The mesh configuration. @default - Istio's defaults */
  readonly meshConfig?: MeshConfig;
  /** @default - as in the profile */
  readonly pilot?: PilotOptions;
  /** @default - as in the profile */
  readonly proxy?: ProxyOptions;
  /** DNS domain of the cluster. @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** Priority class of istiod and gateways. @default - none */
  readonly priorityClassName?: string;
  /** @default - a mesh of one cluster */
  readonly multiCluster?: MultiClusterOptions;
  /** The CNI agent. @default - as in the profile */
  readonly cni?: boolean | CniOptions;
  /** The ambient data plane. @default - as in the profile */
  readonly ztunnel?: boolean | ZtunnelOptions;
  /** Ingress gateways. @default - as in the profile */
  readonly ingress?: boolean | MeshGatewayOptions | readonly MeshGatewayOptions[];
  /** Egress gateways. @default - as in the profile */
  readonly egress?: boolean | MeshGatewayOptions | readonly MeshGatewayOptions[];
  /** @default - Istio's defaults */
  readonly webhook?: WebhookOptions;
  /** Install the CRDs. @default true */
  readonly crds?: boolean;
  /** NetworkPolicies for the components. @default false */
  readonly networkPolicies?: boolean;
  /** Components in the form of an IstioOperator file, for what the options above leave out. @default - none */
  readonly components?: Partial<Readonly<Record<'base' | 'pilot' | 'cni' | 'ztunnel', ComponentSpec>>>;
  /** Any setting of the official charts, on top of everything above. @default - none */
  readonly values?: Values;
}
