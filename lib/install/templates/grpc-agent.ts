import { domainAndLogLevels, jsonLogs, tokenServicePort } from './blocks/arguments';
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
import { annotatedReadinessProbe } from './blocks/probes';
import { annotatedResources } from './blocks/resources';
import { legacyFsGroup } from './blocks/security-context';
import * as volumes from './blocks/volumes';

/**
 * The template named `grpc-agent`: gRPC applications that speak xDS themselves, with an agent beside them that fetches
 * certificates and configuration, but no Envoy.
 *
 * Source: https://istio.io/latest/blog/2021/proxyless-grpc/
 */
export const grpcAgent = goTemplateText`
{{- /* CPU and memory of the agent. One annotation replaces all of the mesh's values; a null in the values leaves a resource out. */ -}}
${annotatedResources}

${podVariables}
{{- $trustDomain := valueOrDefault .MeshConfig.TrustDomain $global.trustDomain }}
{{- $isGke := eq $global.caName "GkeWorkloadCertificate" }}

{{- /* The application's containers, by name, and their ports, a line per port. */ -}}
${containersAndPorts('$applications')}
metadata:
  labels:
    {{- /* No security.istio.io/tlsMode: only the application's owner knows whether it takes mutual TLS. */}}
    ${canonicalLabels}
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
    ${defaultContainer('$applications')}
    {{- /* Probes reach the application as they are, for nothing stands in between. */}}
    sidecar.istio.io/rewriteAppHTTPProbers: "false"
spec:
  containers:
  - name: istio-proxy
    ${proxyImage}
    ports:
    - containerPort: 15020
      name: mesh-metrics
      protocol: TCP
    args:
    - proxy
    - sidecar
    ${domainAndLogLevels}
    ${tokenServicePort}
    ${jsonLogs}
    {{- /* The application waits for the agent, for it reads its bootstrap file once, at the start. */}}
    lifecycle:
      postStart:
        exec:
          command:
          - pilot-agent
          - wait
          - --url=http://localhost:15020/healthz/ready
    env:
    - name: ISTIO_META_GENERATOR
      value: grpc
    - name: OUTPUT_CERTS
      value: /var/lib/istio/data
    ${environment.localhostProbes}
    ${environment.certificateSource}
    ${environment.podIdentity}
    ${environment.proxyConfig}
    ${environment.podPorts}
    - name: ISTIO_META_APP_CONTAINERS
      value: {{ $applications | join "," | quote }}
    ${environment.clusterId}
    ${environment.nodeName}
    ${environment.network}
    ${environment.workloadName}
    ${environment.workloadOwner}
    ${environment.meshId}
    ${environment.trustDomain}
    ${environment.proxyMetadata}
    {{- /* gRPC resolves by xDS, so nothing has to answer DNS; and Envoy stays off. */}}
    - name: ISTIO_META_DNS_CAPTURE
      value: "false"
    - name: DISABLE_ENVOY
      value: "true"
    ${imagePullPolicy}
    {{- if ne (annotation .ObjectMeta "status.sidecar.istio.io/port" $proxy.statusPort) "0" }}
    ${annotatedReadinessProbe(15020)}
    {{- end }}
    {{- template "resources" . }}
    volumeMounts:
    ${volumes.workloadSocketMount}
    ${volumes.certificateMount('$isGke')}
    ${volumes.rootCertificateMount}
    ${volumes.dataMount}
    {{- /* The socket over which the agent serves the gRPC library. */}}
    ${volumes.sharedMount('istio-xds')}
    ${volumes.tokenMount}
    ${volumes.mtlsCertificatesMount}
    ${volumes.podInfoMount}
    ${volumes.userMounts}
  {{- /* Every container of the application finds bootstrap file, socket and certificates. */}}
  {{- range .Spec.Containers }}
    {{- if ne .Name "istio-proxy" }}
  - name: {{ .Name | quote }}
    env:
    - name: GRPC_XDS_EXPERIMENTAL_SECURITY_SUPPORT
      value: "true"
    - name: GRPC_XDS_BOOTSTRAP
      value: /etc/istio/proxy/grpc-bootstrap.json
    volumeMounts:
    ${volumes.dataMount}
    ${volumes.sharedMount('istio-xds')}
      {{- if $isGke }}
    - name: gke-workload-certificate
      mountPath: /var/run/secrets/workload-spiffe-credentials
      readOnly: true
      {{- else }}
    - name: workload-certs
      mountPath: /var/run/secrets/workload-spiffe-credentials
      {{- end }}
    {{- end }}
  {{- end }}
  volumes:
  {{- /* No kind of their own: an emptyDir by default, and a template that follows may name another. */}}
  - name: workload-socket
    emptyDir:
  ${volumes.certificateVolume('$isGke', 'emptyDir:')}
  ${volumes.customBootstrapVolume}
  ${volumes.sharedVolume('istio-xds')}
  ${volumes.dataVolume}
  ${volumes.podInfoVolume}
  ${volumes.tokenVolume('istio-token')}
  ${volumes.rootCertificateVolume}
  ${volumes.mtlsCertificatesVolume}
  ${volumes.userVolumes}
  ${imagePullSecrets}
  ${legacyFsGroup}
`;
