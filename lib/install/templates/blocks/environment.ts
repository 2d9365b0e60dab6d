import { goTemplateText } from './go-template-text';

/** Who signs the proxy's certificate, and where that authority is. */
export const certificateSource = goTemplateText`
{{- /* Where certificates come from. */}}
- name: PILOT_CERT_PROVIDER
  value: {{ $global.pilotCertProvider | quote }}
- name: CA_ADDR
  value: {{ $global.caAddress | default (printf "istiod%s.%s.svc:15012" (ternary (printf "-%s" .Values.revision) "" (ne (valueOrDefault .Values.revision "") "")) $global.istioNamespace) | quote }}
`;

const fromField = (name: string, path: string): string => goTemplateText`
- name: ${name}
  valueFrom:
    fieldRef:
      fieldPath: ${path}
`;

const fromResource = (name: string, resource: string): string => goTemplateText`
- name: ${name}
  valueFrom:
    resourceFieldRef:
      resource: ${resource}
      divisor: "1"
`;

/** The pod's name and namespace. */
export const podNameAndNamespace = goTemplateText`
{{- /* Who and where this pod is. */}}
${fromField('POD_NAME', 'metadata.name')}
${fromField('POD_NAMESPACE', 'metadata.namespace')}
`;

/** The namespace under agentgateway's name for it. */
export const plainNamespace = fromField('NAMESPACE', 'metadata.namespace');

/** The pod's address and service account. */
export const addressAndAccount = goTemplateText`
${fromField('INSTANCE_IP', 'status.podIP')}
${fromField('SERVICE_ACCOUNT', 'spec.serviceAccountName')}
`;

/** Who and where the pod is, to a proxy or agent of Istio. */
export const podIdentity = goTemplateText`
${podNameAndNamespace}
${addressAndAccount}
${fromField('HOST_IP', 'status.hostIP')}
`;

/** The CPU limit, from which the number of Envoy's workers follows. */
export const istioCpuLimit = fromResource('ISTIO_CPU_LIMIT', 'limits.cpu');

/** The CPU limit under agentgateway's name for it. */
export const plainCpuLimit = fromResource('CPU_LIMIT', 'limits.cpu');

/** The limits that Go's runtime keeps to. */
export const goLimits = goTemplateText`
${fromResource('GOMEMLIMIT', 'limits.memory')}
${fromResource('GOMAXPROCS', 'limits.cpu')}
`;

/** The node the pod runs on. */
export const nodeName = fromField('ISTIO_META_NODE_NAME', 'spec.nodeName');

/** The service account, for telemetry. */
export const metaServiceAccount = fromField('ISTIO_META_SERVICE_ACCOUNT', 'spec.serviceAccountName');

/** The proxy's configuration as istiod knows it. */
export const proxyConfig = goTemplateText`
- name: PROXY_CONFIG
  value: {{ printf "%s\n" (protoToJSON .ProxyConfig) | quote }}
`;

/** The ports of the pod's containers. */
export const podPorts = goTemplateText`
- name: ISTIO_META_POD_PORTS
  value: {{ printf "%s\n]" $ports | quote }}
`;

/** The rules of cryptography that the proxy keeps to, such as FIPS. */
export const compliancePolicy = goTemplateText`
{{- with .CompliancePolicy }}
- name: COMPLIANCE_POLICY
  value: {{ . | quote }}
{{- end }}
`;

/** The cluster's name. */
export const clusterId = goTemplateText`
- name: ISTIO_META_CLUSTER_ID
  value: {{ valueOrDefault $global.multiCluster.clusterName "Kubernetes" | quote }}
`;

/** The network that the pod is in. */
export const network = goTemplateText`
{{- with $global.network }}
- name: ISTIO_META_NETWORK
  value: {{ . | quote }}
{{- end }}
`;

/** The network that a managed gateway is in: its own label wins. */
export const gatewayNetwork = (name: string): string => goTemplateText`
{{- with valueOrDefault (index .InfrastructureLabels "topology.istio.io/network") $global.network }}
- name: ${name}
  value: {{ . | quote }}
{{- end }}
`;

/** The workload that owns a pod, where istiod knows it. */
export const workloadOwner = goTemplateText`
{{- if and .TypeMeta.APIVersion .DeploymentMeta.Name }}
- name: ISTIO_META_OWNER
  value: {{ printf "kubernetes://apis/%s/namespaces/%s/%ss/%s" .TypeMeta.APIVersion (valueOrDefault .DeploymentMeta.Namespace "default") (toLower .TypeMeta.Kind) .DeploymentMeta.Name | quote }}
{{- end }}
`;

/** The name of the workload that a pod belongs to. */
export const workloadName = goTemplateText`
{{- with .DeploymentMeta.Name }}
- name: ISTIO_META_WORKLOAD_NAME
  value: {{ . | quote }}
{{- end }}
`;

/** The Deployment that istiod made for a managed gateway. */
export const gatewayOwner = goTemplateText`
- name: ISTIO_META_WORKLOAD_NAME
  value: {{ .DeploymentName | quote }}
- name: ISTIO_META_OWNER
  value: {{ printf "kubernetes://apis/apps/v1/namespaces/%s/deployments/%s" .Namespace .DeploymentName | quote }}
`;

/** The mesh's name: the trust domain unless it has one of its own. */
export const meshId = goTemplateText`
{{- with $global.meshID | default $trustDomain }}
- name: ISTIO_META_MESH_ID
  value: {{ . | quote }}
{{- end }}
`;

/** The trust domain of the proxy's identity. */
export const trustDomain = goTemplateText`
{{- with $trustDomain }}
- name: TRUST_DOMAIN
  value: {{ . | quote }}
{{- end }}
`;

/** The variables that ProxyConfig adds. */
export const proxyMetadata = goTemplateText`
{{- range $name, $value := .ProxyConfig.ProxyMetadata }}
- name: {{ $name | quote }}
  value: {{ $value | quote }}
{{- end }}
`;

/** Probes that go to localhost, for applications that listen there only. */
export const localhostProbes = goTemplateText`
{{- if eq .InboundTrafficPolicyMode "localhost" }}
- name: REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION
  value: "true"
{{- end }}
`;
