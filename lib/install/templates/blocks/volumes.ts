import { goTemplateText } from './go-template-text';

/** The mount of the socket that serves the workload's certificate. */
export const workloadSocketMount = goTemplateText`
- name: workload-socket
  mountPath: /var/run/secrets/workload-spiffe-uds
`;

/** The mount of the socket that serves certificates from outside the mesh. */
export const credentialSocketMount = goTemplateText`
- name: credential-socket
  mountPath: /var/run/secrets/credential-uds
`;

/** The mount of the workload's certificate; GKE has a volume of its own for it. */
export const certificateMount = (isGke: string): string => goTemplateText`
{{- if ${isGke} }}
- name: gke-workload-certificate
  mountPath: /var/run/secrets/workload-spiffe-credentials
  readOnly: true
{{- else }}
- name: workload-certs
  mountPath: /var/run/secrets/workload-spiffe-credentials
{{- end }}
`;

/** The volume of the workload's certificate. An `emptyDir` without a value may be named anew by a later template. */
export const certificateVolume = (isGke: string, emptyDir: 'emptyDir:' | 'emptyDir: {}'): string => goTemplateText`
{{- if ${isGke} }}
- name: gke-workload-certificate
  csi:
    driver: workloadcertificates.security.cloud.google.com
{{- else }}
- name: workload-certs
  ${emptyDir}
{{- end }}
`;

/** Whether certificates come from GKE, as the condition of an `if`. */
export const gkeCertificate = 'eq $global.caName "GkeWorkloadCertificate"';

/** The mount of the root certificate that istiod is trusted by. */
export const rootCertificateMount = goTemplateText`
{{- if eq $global.pilotCertProvider "istiod" }}
- name: istiod-ca-cert
  mountPath: /var/run/secrets/istio
{{- end }}
`;

/** The volume of the root certificate. */
export const rootCertificateVolume = goTemplateText`
{{- /* The root certificate: a ConfigMap in each namespace, or a ClusterTrustBundle where the cluster has that API. */}}
{{- if eq $global.pilotCertProvider "istiod" }}
- name: istiod-ca-cert
  {{- if eq (printf "%v" (.Values.pilot.env).ENABLE_CLUSTER_TRUST_BUNDLE_API) "true" }}
  projected:
    sources:
    - clusterTrustBundle:
        name: {{ printf "istio.io:istiod-ca:%s" ($global.trustBundleName | default "root-cert") | quote }}
        path: root-cert.pem
  {{- else }}
  configMap:
    name: {{ $global.trustBundleName | default "istio-ca-root-cert" | quote }}
  {{- end }}
{{- end }}
`;

/** The mount of the directory that Envoy keeps data in. */
export const dataMount = goTemplateText`
- name: istio-data
  mountPath: /var/lib/istio/data
`;

/** The mount of the directory that agent and Envoy, or agent and gRPC library, share. */
export const sharedMount = (volume: string): string => goTemplateText`
- name: ${volume}
  mountPath: /etc/istio/proxy
`;

/** The mount of the token the agent shows to istiod. */
export const tokenMount = goTemplateText`
- name: istio-token
  mountPath: /var/run/secrets/tokens
`;

/** The volume of the token the agent shows to istiod, under the name of its file. */
export const tokenVolume = (file: string): string => goTemplateText`
- name: istio-token
  projected:
    sources:
    - serviceAccountToken:
        path: ${file}
        expirationSeconds: 43200
        audience: {{ $global.sds.token.aud | quote }}
`;

/** The mount of certificates that were made elsewhere. */
export const mtlsCertificatesMount = goTemplateText`
{{- if $global.mountMtlsCerts }}
- name: istio-certs
  mountPath: /etc/certs/
  readOnly: true
{{- end }}
`;

/** The volume of certificates that were made elsewhere. */
export const mtlsCertificatesVolume = goTemplateText`
{{- if $global.mountMtlsCerts }}
- name: istio-certs
  secret:
    optional: true
    secretName: {{ printf "istio.%s" (.Spec.ServiceAccountName | default "default") | quote }}
{{- end }}
`;

/** The mount of the pod's labels and annotations. */
export const podInfoMount = goTemplateText`
- name: istio-podinfo
  mountPath: /etc/istio/pod
`;

/** The volume of the pod's labels and annotations. */
export const podInfoVolume = goTemplateText`
- name: istio-podinfo
  downwardAPI:
    items:
    - path: labels
      fieldRef:
        fieldPath: metadata.labels
    - path: annotations
      fieldRef:
        fieldPath: metadata.annotations
`;

/** The volume that agent and Envoy, or agent and gRPC library, share, in memory. */
export const sharedVolume = (name: string): string => goTemplateText`
- name: ${name}
  emptyDir:
    medium: Memory
`;

/** The volume that Envoy keeps data in. */
export const dataVolume = goTemplateText`
- name: istio-data
  emptyDir: {}
`;

/** The volume of a bootstrap that replaces parts of Envoy's. */
export const customBootstrapVolume = goTemplateText`
{{- if isset $annotations "sidecar.istio.io/bootstrapOverride" }}
- name: custom-bootstrap-volume
  configMap:
    name: {{ index $annotations "sidecar.istio.io/bootstrapOverride" | quote }}
{{- end }}
`;

/** Mounts that a pod asks for by annotation, at depth 4. */
export const userMounts = goTemplateText`
{{- /* Mounts the pod's owner asks for, as JSON by volume name. */}}
{{- if isset $annotations "sidecar.istio.io/userVolumeMount" }}
  {{- range $name, $mount := fromJSON (index $annotations "sidecar.istio.io/userVolumeMount") }}
- name: {{ $name | quote }}
  {{- toYaml $mount | nindent 6 }}
  {{- end }}
{{- end }}
`;

/** Volumes that a pod asks for by annotation, at depth 2. */
export const userVolumes = goTemplateText`
{{- /* Volumes the pod's owner asks for, as JSON by name. */}}
{{- if isset $annotations "sidecar.istio.io/userVolume" }}
  {{- range $name, $volume := fromJSON (index $annotations "sidecar.istio.io/userVolume") }}
- name: {{ $name | quote }}
  {{- toYaml $volume | nindent 4 }}
  {{- end }}
{{- end }}
`;
