import type * as kplus from 'cdk8s-plus-27';
import type { InjectionMode, SidecarOptions } from '../../lib/injection';
import type { Protocol } from '../../lib/traffic';

/** One port of a {@link MeshService}. */
export interface MeshServicePort {
  /** Port clients connect to, 1 to 65535. */
  readonly port: number;
  /**
   * What is spoken on it. Becomes `appProtocol`, and the beginning of the port's name.
   *
   * @default 'http'
   */
  readonly protocol?: Protocol;
  /**
   * Name of the port, a DNS label.
   *
   * @default - the protocol for a service with one port, `<protocol>-<port>` otherwise
   */
  readonly name?: string;
  /**
   * Port of the container.
   *
   * @default - the same as `port`
   */
  readonly targetPort?: number;
}

/** One version of a {@link MeshService}: what runs, and how many of it. */
export interface MeshServiceVersion {
  /** Container image with its tag. */
  readonly image: string;
  /**
   * Number of pods, or that an autoscaler decides it; then the output does not say, so that applying it again changes
   * nothing.
   *
   * @default 1
   */
  readonly replicas?: number | 'autoscaled';
  /**
   * Environment variables, as texts or as cdk8s-plus values (from Secrets, ConfigMaps, fields).
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string | kplus.EnvValue>>;
  /**
   * Entry point in place of the image's.
   *
   * @default - the image's
   */
  readonly command?: readonly string[];
  /**
   * Arguments in place of the image's.
   *
   * @default - the image's
   */
  readonly args?: readonly string[];
  /**
   * When the image is pulled.
   *
   * @default IfNotPresent
   */
  readonly imagePullPolicy?: kplus.ImagePullPolicy;
  /**
   * Requests and limits of CPU and memory.
   *
   * @default - none
   */
  readonly resources?: kplus.ContainerResources;
  /**
   * Probe that decides whether the pod gets requests.
   *
   * @default - none
   */
  readonly readiness?: kplus.Probe;
  /**
   * Probe that decides whether the container is restarted.
   *
   * @default - none
   */
  readonly liveness?: kplus.Probe;
  /**
   * Probe that holds the others back while the container starts.
   *
   * @default - none
   */
  readonly startup?: kplus.Probe;
  /**
   * Empty directories: name of the volume to path in the container, on disk or in memory.
   *
   * @default - none
   */
  readonly emptyDirs?: Readonly<Record<string, string | { readonly path: string; readonly medium: 'Memory' }>>;
  /**
   * ConfigMaps as files: name of the ConfigMap to path in the container.
   *
   * @default - none
   */
  readonly configMaps?: Readonly<Record<string, string>>;
  /**
   * Security settings of the container.
   *
   * @default - those of Kubernetes and the image
   */
  readonly securityContext?: kplus.ContainerSecurityContextProps;
  /**
   * Security settings of the pod.
   *
   * @default - those of Kubernetes
   */
  readonly podSecurityContext?: kplus.PodSecurityContextProps;
  /**
   * Linux capabilities taken from and given to the container: `{ drop: ['ALL'] }`.
   *
   * @default - those of the container runtime
   */
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  /**
   * The seccomp profile of the pod; `RuntimeDefault` is what the restricted Pod Security Standard asks for.
   *
   * @default - that of the node
   */
  readonly seccompProfile?: 'RuntimeDefault' | 'Unconfined';
  /**
   * Kernel settings of the pod: `{ 'net.ipv4.ip_unprivileged_port_start': '0' }`.
   *
   * @default - none
   */
  readonly sysctls?: Readonly<Record<string, string>>;
  /**
   * Labels of the nodes the pods may run on.
   *
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Labels of the pods beside `app` and `version`.
   *
   * @default - none
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** Properties of a {@link MeshService}. */
export interface MeshServiceProps<V extends string> {
  /**
   * Name of the Service, of its host, and of the `app` label.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * The port, for a service with one. Exactly one of `port` and `ports`.
   *
   * @default - `ports`
   */
  readonly port?: number;
  /**
   * What is spoken on `port`.
   *
   * @default 'http'
   */
  readonly protocol?: Protocol;
  /**
   * Container port behind `port`.
   *
   * @default - the same as `port`
   */
  readonly targetPort?: number;
  /**
   * The ports, for a service with several.
   *
   * @default - `port`
   */
  readonly ports?: readonly MeshServicePort[];
  /**
   * The versions by name; each becomes a Deployment `<name>-<version>` and a subset. A version that is undefined does
   * not run, so that a version can depend on an option.
   */
  readonly versions: { readonly [K in V]?: MeshServiceVersion | undefined };
  /**
   * How the pods join the mesh.
   *
   * @default - as their namespace says
   */
  readonly injection?: InjectionMode;
  /**
   * How the sidecars differ from the mesh's defaults: resources, log level, what is captured, and so on.
   *
   * @default - in nothing
   */
  readonly sidecar?: SidecarOptions;
  /**
   * Where requests go that no route asks for.
   *
   * @default - all versions alike, as Kubernetes balances them
   */
  readonly defaultVersion?: NoInfer<V>;
  /**
   * Name of the ServiceAccount, which is the identity of the service in the mesh.
   *
   * @default - the name of the service
   */
  readonly serviceAccountName?: string;
  /**
   * Labels of the Service beside `app` and `service`.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Service.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Whether clients see the pods themselves instead of one address (`clusterIP: None`).
   *
   * @default false
   */
  readonly headless?: boolean;
}
