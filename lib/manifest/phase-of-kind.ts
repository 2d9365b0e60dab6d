import { groupKind, type KubeObject, type Manifest } from './manifest';
import type { Phase } from './phase';

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
