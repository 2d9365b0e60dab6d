import { groupKind, type KubeObject, type Manifest } from './manifest';

/**
 * The order in which objects are applied, as numbers with room between them. Files, Argo CD sync waves, Flux
 * `dependsOn` and Pulumi's dependencies are all read off it; deletion runs the other way.
 */
export const PHASES = {
  namespace: 0,
  crd: 5,
  rbac: 10,
  config: 20,
  'control-plane': 30,
  webhook: 40,
  gateway: 50,
  workload: 60,
  'destination-rule': 70,
  route: 80,
  policy: 90,
} as const satisfies Record<string, number>;

/** A name of {@link PHASES}. */
export type Phase = keyof typeof PHASES;

const PHASE_OF_KIND: Readonly<Record<string, Phase>> = {
  '/Namespace': 'namespace',
  'apiextensions.k8s.io/CustomResourceDefinition': 'crd',
  '/ServiceAccount': 'rbac',
  'rbac.authorization.k8s.io/Role': 'rbac',
  'rbac.authorization.k8s.io/RoleBinding': 'rbac',
  'rbac.authorization.k8s.io/ClusterRole': 'rbac',
  'rbac.authorization.k8s.io/ClusterRoleBinding': 'rbac',
  '/ConfigMap': 'config',
  '/Secret': 'config',
  '/ResourceQuota': 'config',
  '/LimitRange': 'config',
  '/PersistentVolume': 'config',
  '/PersistentVolumeClaim': 'config',
  'storage.k8s.io/StorageClass': 'config',
  'scheduling.k8s.io/PriorityClass': 'config',
  'cert-manager.io/Certificate': 'config',
  'cert-manager.io/Issuer': 'config',
  'cert-manager.io/ClusterIssuer': 'config',
  'gateway.networking.k8s.io/GatewayClass': 'config',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': 'webhook',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': 'webhook',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': 'webhook',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': 'webhook',
  'networking.istio.io/Gateway': 'gateway',
  'gateway.networking.k8s.io/Gateway': 'gateway',
  'networking.istio.io/DestinationRule': 'destination-rule',
  'networking.istio.io/ServiceEntry': 'destination-rule',
  'networking.istio.io/WorkloadEntry': 'destination-rule',
  'networking.istio.io/WorkloadGroup': 'destination-rule',
  'networking.istio.io/Sidecar': 'destination-rule',
  'networking.istio.io/ProxyConfig': 'config',
  'networking.istio.io/VirtualService': 'route',
  'gateway.networking.k8s.io/HTTPRoute': 'route',
  'gateway.networking.k8s.io/GRPCRoute': 'route',
  'gateway.networking.k8s.io/TLSRoute': 'route',
  'gateway.networking.k8s.io/TCPRoute': 'route',
  'gateway.networking.k8s.io/ReferenceGrant': 'route',
  'networking.istio.io/EnvoyFilter': 'policy',
  'security.istio.io/AuthorizationPolicy': 'policy',
  'security.istio.io/PeerAuthentication': 'policy',
  'security.istio.io/RequestAuthentication': 'policy',
  'telemetry.istio.io/Telemetry': 'policy',
  'extensions.istio.io/WasmPlugin': 'policy',
  'extensions.istio.io/TrafficExtension': 'policy',
};

/** The phase an object belongs to by its kind alone; workloads, Services and kinds unknown here are `workload`. */
export function phaseOfKind(apiVersion: string, kind: string): Phase {
  return PHASE_OF_KIND[groupKind(apiVersion, kind)] ?? 'workload';
}

/** A manifest of `object`, in `phase` or in the phase of its kind. */
export function manifestOf(object: KubeObject, origin?: string, phase?: Phase): Manifest {
  return {
    object,
    phase: phase ?? phaseOfKind(object.apiVersion, object.kind),
    ...(origin === undefined ? {} : { origin }),
  };
}

/** Within a phase: what others mount or select comes before those others, and the rest goes by kind. */
const RANK_IN_PHASE: Readonly<Record<string, number>> = {
  ServiceAccount: 0,
  ClusterRole: 1,
  ClusterRoleBinding: 2,
  Role: 3,
  RoleBinding: 4,
  Service: 5,
};

/** Lists that came out of {@link inOrder}, so that ordering them again costs nothing. */
const ordered = new WeakSet<readonly Manifest[]>();

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const inNamespace = ({ object: { metadata } }: Manifest): string => metadata.namespace ?? '';
const groupAndKind = ({ object: { apiVersion, kind } }: Manifest): string => groupKind(apiVersion, kind);
const rankOf = ({ object: { kind } }: Manifest): number => RANK_IN_PHASE[kind] ?? 9;

function compare(a: Manifest, b: Manifest): number {
  return (
    PHASES[a.phase] - PHASES[b.phase] ||
    compareText(inNamespace(a), inNamespace(b)) ||
    rankOf(a) - rankOf(b) ||
    (a.object.kind === b.object.kind && a.object.apiVersion === b.object.apiVersion
      ? 0
      : compareText(groupAndKind(a), groupAndKind(b))) ||
    compareText(a.object.metadata.name, b.object.metadata.name)
  );
}

/**
 * Manifests in the order of application. The result depends on the manifests alone, never on the order they were made
 * in: phase, then namespace (cluster-scoped first), then kind, then name.
 */
export function inOrder(manifests: readonly Manifest[]): readonly Manifest[] {
  if (ordered.has(manifests)) return manifests;
  const result = [...manifests].sort(compare);
  ordered.add(result);
  return result;
}
