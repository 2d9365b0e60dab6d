/** A JSON value tree, as it appears in mesh configuration and in settings. */
export type JsonTree = Readonly<Record<string, unknown>>;

/** How workloads join the mesh: a sidecar per pod, or ztunnel on each node with waypoints where wanted. */
export type DataPlane = 'sidecar' | 'ambient';

/** A pod or namespace label as one pair. */
export interface LabelPair {
  readonly key: string;
  readonly value: string;
}

/** A gateway deployment that runs as part of a mesh: where it is and how an Istio `Gateway` selects its pods. */
export interface MeshGateway {
  /** Name of the Deployment and Service. */
  readonly name: string;
  readonly namespace: string;
  readonly kind: 'ingress' | 'egress';
  /** Labels of its pods: what `Gateway.spec.selector` must name. */
  readonly labels: Readonly<Record<string, string>>;
  /** Ports of its Service. */
  readonly ports: readonly MeshGatewayPort[];
  /**
   * The ServiceAccount its pods run as.
   *
   * @default - `<name>-service-account`, as an install of Istio makes it
   */
  readonly serviceAccount?: string;
}

/** One port of a gateway's Service. */
export interface MeshGatewayPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
}

/**
 * What is known of a mesh: everything that workloads, gateways, routes and policies need to fit it. It is resolved from
 * the options of an install, or stated for a mesh that someone else runs.
 */
export interface MeshSettings {
  /** Namespace of the control plane. */
  readonly namespace: string;
  /** Namespace whose policies hold for the whole mesh: `meshConfig.rootNamespace`, the control plane's unless said. */
  readonly rootNamespace: string;
  /** Revision of the control plane; `default` when none was given. */
  readonly revision: string;
  /** Tags that point at this revision. */
  readonly tags: readonly string[];
  readonly trustDomain: string;
  readonly clusterDomain: string;
  readonly dataPlane: DataPlane;
  /** True when the CNI agent sets up traffic capture, so that pods need no privileged init container. */
  readonly cni: boolean;
  readonly hub: string;
  readonly tag: string;
  readonly istioVersion: string;
  /** The mesh configuration as istiod reads it: the `mesh` key of its ConfigMap. */
  readonly meshConfig: JsonTree;
  /** Resolved settings as the injector reads them: the `values` key of its ConfigMap. */
  readonly values: JsonTree;
  /** Names that telemetry and authorization policies may refer to. */
  readonly extensionProviders: readonly string[];
  readonly gateways: readonly MeshGateway[];
}

/** A mesh as others hold it. Constructs take it by this interface, so that an installed and an existing mesh are one. */
export interface MeshRef {
  readonly settings: MeshSettings;
}

/** Which way a namespace or pod asks for injection. */
export interface InjectionLabelOptions {
  /**
   * A revision tag to go through, so that moving the tag moves the namespace.
   *
   * @default - the revision itself
   */
  readonly via?: string;
}

/**
 * The label that puts a namespace into this mesh: `istio-injection: enabled` for the default revision of a sidecar mesh,
 * `istio.io/rev: <revision or tag>` for any other, `istio.io/dataplane-mode: ambient` for an ambient mesh.
 *
 * @throws Error when `via` names a tag that the mesh does not have.
 */
export function injectionLabel(mesh: MeshSettings, options: InjectionLabelOptions = {}): LabelPair {
  const { via } = options;
  if (via !== undefined) {
    if (via !== mesh.revision && !mesh.tags.includes(via)) {
      const known = [mesh.revision, ...mesh.tags].map((name) => `"${name}"`).join(', ');
      throw new Error(
        `The mesh has no revision tag "${via}"; it has ${known}. Add the tag to the mesh, or name one of these.`,
      );
    }
    return via === 'default' ? { key: 'istio-injection', value: 'enabled' } : { key: 'istio.io/rev', value: via };
  }
  if (mesh.dataPlane === 'ambient') return { key: 'istio.io/dataplane-mode', value: 'ambient' };
  if (mesh.revision === 'default') return { key: 'istio-injection', value: 'enabled' };
  return { key: 'istio.io/rev', value: mesh.revision };
}
