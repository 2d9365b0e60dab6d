import { domainAndLogLevels, jsonLogs, outlierLog, tokenServicePort } from './blocks/arguments';
import {
  containersAndPorts,
  imagePullPolicy,
  imagePullSecrets,
  podVariables,
  proxyImage,
} from './blocks/common-values';
import * as environment from './blocks/environment';
import { goTemplateText } from './blocks/go-template-text';
import { canonicalLabels, defaultContainer } from './blocks/pod-metadata';
import { envoyStatisticsPort } from './blocks/ports';
import { readinessProbe } from './blocks/probes';
import { lowPorts } from './blocks/security-context';
import * as volumes from './blocks/volumes';

/**
 * The template named `gateway`: a Deployment with `image: auto` becomes a gateway that people run themselves.
 *
 * The proxy is the only container that matters, nothing is captured, and ports below 1024 work without privileges.
 *
 * Source: https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export const gateway = goTemplateText`
${podVariables}
{{- $trustDomain := valueOrDefault .MeshConfig.TrustDomain $global.trustDomain }}

{{- /* Containers beside the proxy, and the ports of all, a line per port. */ -}}
${containersAndPorts('$others')}
metadata:
  labels:
    {{- /* Under which name and revision its telemetry appears. */}}
    ${canonicalLabels}
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
    {{- /* kubectl logs and exec go to the first container beside the proxy, unless the pod says otherwise. */}}
    ${defaultContainer('$others')}
spec:
  ${lowPorts(2)}
  containers:
  - name: istio-proxy
    ${proxyImage}
    ports:
    ${envoyStatisticsPort}
    args:
    - proxy
    - router
    ${domainAndLogLevels}
    ${tokenServicePort}
    ${jsonLogs}
    ${outlierLog}
    {{- with $proxy.lifecycle }}
    lifecycle: {{- toYaml . | nindent 6 }}
    {{- end }}
    securityContext:
      runAsUser: {{ .ProxyUID | default "1337" }}
      runAsGroup: {{ .ProxyGID | default "1337" }}
    env:
    ${environment.certificateSource}
    ${environment.podIdentity}
    ${environment.istioCpuLimit}
    {{- /* How the proxy is configured. */}}
    ${environment.proxyConfig}
    ${environment.podPorts}
    ${environment.goLimits}
    ${environment.compliancePolicy}
    - name: ISTIO_META_APP_CONTAINERS
      value: {{ $others | join "," | quote }}
    ${environment.clusterId}
    ${environment.nodeName}
    - name: ISTIO_META_INTERCEPTION_MODE
      value: {{ .ProxyConfig.InterceptionMode.String | quote }}
    ${environment.network}
    {{- /* The workload the pod belongs to. */}}
    ${environment.workloadName}
    ${environment.workloadOwner}
    ${environment.meshId}
    ${environment.trustDomain}
    ${environment.proxyMetadata}
    ${imagePullPolicy}
    ${readinessProbe}
    volumeMounts:
    {{- /* Sockets and certificates of the workload's identity. */}}
    ${volumes.workloadSocketMount}
    ${volumes.credentialSocketMount}
    ${volumes.certificateMount(volumes.gkeCertificate)}
    ${volumes.rootCertificateMount}
    ${volumes.dataMount}
    {{- /* The socket between agent and Envoy, and the token the agent shows to istiod. */}}
    ${volumes.sharedMount('istio-envoy')}
    ${volumes.tokenMount}
    ${volumes.mtlsCertificatesMount}
    ${volumes.podInfoMount}
  volumes:
  {{- /* No kind of its own for the first: an emptyDir by default, and a template that follows may name another. */}}
  - name: workload-socket
    emptyDir:
  - name: credential-socket
    emptyDir: {}
  ${volumes.certificateVolume(volumes.gkeCertificate, 'emptyDir: {}')}
  ${volumes.sharedVolume('istio-envoy')}
  ${volumes.dataVolume}
  ${volumes.podInfoVolume}
  ${volumes.tokenVolume('istio-token')}
  ${volumes.rootCertificateVolume}
  ${volumes.mtlsCertificatesVolume}
  ${imagePullSecrets}
`;
