import { ISTIO_KINDS, type KindFacts } from '../../lib/api';
import { groupOf } from '../../lib/manifest';

const ISTIO: Readonly<Record<string, KindFacts>> = ISTIO_KINDS;

/**
 * The versions under which a kind has been served, per group, for kinds that are not Istio's: an object that moved from one to another is the same object,
 * and its resource must be too. Removed versions stay, for states that were written while they were served.
 */
const SERVED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'gateway.networking.k8s.io': {
    GatewayClass: ['v1', 'v1beta1'],
    Gateway: ['v1', 'v1beta1', 'v1alpha2'],
    HTTPRoute: ['v1', 'v1beta1', 'v1alpha2'],
    GRPCRoute: ['v1', 'v1alpha2'],
    TLSRoute: ['v1', 'v1alpha3', 'v1alpha2'],
    TCPRoute: ['v1', 'v1alpha2'],
    UDPRoute: ['v1', 'v1alpha2'],
    ReferenceGrant: ['v1', 'v1beta1', 'v1alpha2'],
    BackendTLSPolicy: ['v1', 'v1alpha3', 'v1alpha2'],
  },
  'admissionregistration.k8s.io': {
    MutatingWebhookConfiguration: ['v1', 'v1beta1'],
    ValidatingWebhookConfiguration: ['v1', 'v1beta1'],
    ValidatingAdmissionPolicy: ['v1', 'v1beta1', 'v1alpha1'],
    ValidatingAdmissionPolicyBinding: ['v1', 'v1beta1', 'v1alpha1'],
  },
  'apiextensions.k8s.io': { CustomResourceDefinition: ['v1', 'v1beta1'] },
  'apiregistration.k8s.io': { APIService: ['v1', 'v1beta1'] },
  apps: {
    Deployment: ['v1', 'v1beta2', 'v1beta1'],
    StatefulSet: ['v1', 'v1beta2', 'v1beta1'],
    DaemonSet: ['v1', 'v1beta2'],
    ReplicaSet: ['v1', 'v1beta2'],
  },
  autoscaling: { HorizontalPodAutoscaler: ['v2', 'v1', 'v2beta2', 'v2beta1'] },
  batch: { Job: ['v1'], CronJob: ['v1', 'v1beta1', 'v2alpha1'] },
  'certificates.k8s.io': { CertificateSigningRequest: ['v1', 'v1beta1'] },
  'coordination.k8s.io': { Lease: ['v1', 'v1beta1'] },
  'discovery.k8s.io': { EndpointSlice: ['v1', 'v1beta1'] },
  'networking.k8s.io': {
    Ingress: ['v1', 'v1beta1'],
    IngressClass: ['v1', 'v1beta1'],
    NetworkPolicy: ['v1'],
  },
  policy: { PodDisruptionBudget: ['v1', 'v1beta1'] },
  'rbac.authorization.k8s.io': {
    Role: ['v1', 'v1beta1', 'v1alpha1'],
    RoleBinding: ['v1', 'v1beta1', 'v1alpha1'],
    ClusterRole: ['v1', 'v1beta1', 'v1alpha1'],
    ClusterRoleBinding: ['v1', 'v1beta1', 'v1alpha1'],
  },
  'scheduling.k8s.io': { PriorityClass: ['v1', 'v1beta1', 'v1alpha1'] },
  'storage.k8s.io': { StorageClass: ['v1', 'v1beta1'], CSIDriver: ['v1', 'v1beta1'] },
  'cert-manager.io': {
    Certificate: ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2'],
    Issuer: ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2'],
    ClusterIssuer: ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2'],
  },
};

/** Every other apiVersion the kind is or was served under. */
export function otherApiVersions(apiVersion: string, kind: string): string[] {
  const group = groupOf(apiVersion);
  const facts = ISTIO[kind];
  const versions = facts?.group === group ? facts.versions : (SERVED[group]?.[kind] ?? []);
  return versions.map((version) => `${group}/${version}`).filter((other) => other !== apiVersion);
}
