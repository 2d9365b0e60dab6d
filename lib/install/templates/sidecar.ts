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
import { annotatedReadinessProbe } from './blocks/probes';
import { annotatedResources } from './blocks/resources';
import { legacyFsGroup } from './blocks/security-context';
import { proxySecurity } from './blocks/sidecar-security';
import { traceAttributes } from './blocks/trace-attributes';
import { captureAnnotations, captureContainer, captureVariables } from './blocks/traffic-capture';
import * as volumes from './blocks/volumes';

/**
 * The template named `sidecar`: the proxy beside an application, and the container that sets up traffic capture.
 *
 * istiod evaluates it once per pod with Go's text/template, sprig and its own functions, and merges the result onto the
 * pod. A setting comes from the pod's annotation where there is one, else from the mesh's values or ProxyConfig.
 *
 * Source: https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export const sidecar = goTemplateText`
{{- /* CPU and memory of a proxy. One annotation replaces all of the mesh's values; a null in the values leaves a resource out. */ -}}
${annotatedResources}

${podVariables}
{{- $cni := .Values.pilot.cni.enabled }}
{{- $mode := annotation .ObjectMeta "sidecar.istio.io/interceptionMode" .ProxyConfig.InterceptionMode }}
{{- $isTproxy := eq $mode "TPROXY" }}
{{- $bindsLowPorts := eq (annotation .ObjectMeta "sidecar.istio.io/capNetBindService" $proxy.capNetBindService) "true" }}
{{- $isNative := ne (index $annotations "sidecar.istio.io/nativeSidecar" | default (printf "%t" .NativeSidecars)) "false" }}
{{- $statusPort := annotation .ObjectMeta "status.sidecar.istio.io/port" $proxy.statusPort }}
{{- $uid := .ProxyUID | default "1337" }}
{{- $gid := .ProxyGID | default "1337" }}
{{- $trustDomain := valueOrDefault .MeshConfig.TrustDomain $global.trustDomain }}

${captureVariables}

{{- /* The application's containers, by name, and their ports as one JSON list that keeps a line per port. */ -}}
${containersAndPorts('$applications')}

${traceAttributes}
metadata:
  labels:
    {{- /* That the pod takes mutual TLS, and under which name and revision its telemetry appears. */}}
    security.istio.io/tlsMode: {{ index $labels "security.istio.io/tlsMode" | default "istio" | quote }}
    {{- if eq (index .ProxyConfig.ProxyMetadata "ISTIO_META_ENABLE_HBONE") "true" }}
    networking.istio.io/tunnel: {{ index $labels "networking.istio.io/tunnel" | default "http" | quote }}
    {{- end }}
    ${canonicalLabels}
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
    {{- /* kubectl logs and exec go to the application, unless the pod says otherwise. */}}
    ${defaultContainer('$applications')}
    ${captureAnnotations}
spec:
  {{- /* The init containers: one for traffic capture unless there is none, then the proxy where it is a native sidecar. */}}
  {{- if and (eq $mode "NONE") (not $isNative) }}
  initContainers: []
  {{- else }}
  initContainers:
  {{- end }}
  ${captureContainer}
  {{- /* The proxy: a container beside the others, or an init container that stays. */}}
  {{- if not $isNative }}
  containers:
  {{- end }}
  - name: istio-proxy
    ${proxyImage}
    {{- if $isNative }}
    restartPolicy: Always
    {{- end }}
    ports:
    ${envoyStatisticsPort}
    args:
    - proxy
    - sidecar
    ${domainAndLogLevels}
    ${tokenServicePort}
    ${jsonLogs}
    ${outlierLog}
    {{- /* Start: the application may wait for the proxy. Stop: a native sidecar drains first and ends last. */}}
    {{- if $proxy.lifecycle }}
    lifecycle: {{- toYaml $proxy.lifecycle | nindent 6 }}
    {{- else if $isNative }}
    lifecycle:
      preStop:
        exec:
          command:
          - pilot-agent
          - request
          - {{ printf "--debug-port=%s" $statusPort | quote }}
          - POST
          - drain
    {{- else if or .ProxyConfig.HoldApplicationUntilProxyStarts.GetValue $proxy.holdApplicationUntilProxyStarts }}
    lifecycle:
      postStart:
        exec:
          command:
          - pilot-agent
          - wait
    {{- end }}
    env:
    ${environment.localhostProbes}
    ${environment.certificateSource}
    ${environment.podIdentity}
    ${environment.istioCpuLimit}
    {{- /* How the proxy is configured, and what runs beside it. */}}
    ${environment.proxyConfig}
    ${environment.podPorts}
    - name: ISTIO_META_APP_CONTAINERS
      value: {{ $applications | join "," | quote }}
    ${environment.goLimits}
    ${environment.compliancePolicy}
    ${environment.clusterId}
    ${environment.nodeName}
    - name: ISTIO_META_INTERCEPTION_MODE
      value: {{ $mode | quote }}
    ${environment.network}
    {{- /* The workload the pod belongs to. */}}
    {{- with index $labels "service.istio.io/workload-name" | default .DeploymentMeta.Name }}
    - name: ISTIO_META_WORKLOAD_NAME
      value: {{ . | quote }}
    {{- end }}
    ${environment.workloadOwner}
    {{- if isset $annotations "sidecar.istio.io/bootstrapOverride" }}
    - name: ISTIO_BOOTSTRAP_OVERRIDE
      value: /etc/istio/custom-bootstrap/custom_bootstrap.json
    {{- end }}
    ${environment.meshId}
    ${environment.trustDomain}
    {{- with $attributes }}
    - name: OTEL_RESOURCE_ATTRIBUTES
      value: {{ . | join "," | quote }}
    {{- end }}
    {{- /* Variables for Datadog's tracer, from an annotation that holds them as JSON. */}}
    {{- if and (eq (valueOrDefault $proxy.tracer "") "datadog") (isset $annotations "apm.datadoghq.com/env") }}
      {{- range $name, $value := fromJSON (index $annotations "apm.datadoghq.com/env") }}
    - name: {{ $name | quote }}
      value: {{ $value | quote }}
      {{- end }}
    {{- end }}
    ${environment.proxyMetadata}
    ${imagePullPolicy}
    {{- /* Ready when Envoy has its configuration; the startup probe asks every second so that little time is lost. */}}
    {{- if ne $statusPort "0" }}
      {{- if $proxy.startupProbe.enabled }}
    startupProbe:
      httpGet:
        path: /healthz/ready
        port: 15021
      periodSeconds: 1
      timeoutSeconds: 3
      failureThreshold: {{ $proxy.startupProbe.failureThreshold }}
      {{- end }}
    ${annotatedReadinessProbe(15021)}
    {{- end }}
    ${proxySecurity}
    {{- template "resources" . }}
    volumeMounts:
    {{- /* Sockets and certificates of the workload's identity. */}}
    ${volumes.workloadSocketMount}
    ${volumes.credentialSocketMount}
    ${volumes.certificateMount(volumes.gkeCertificate)}
    {{- /* What the control plane is trusted by. */}}
    ${volumes.rootCertificateMount}
    - name: istio-ca-crl
      mountPath: /var/run/secrets/istio/crl
    ${volumes.dataMount}
    {{- if isset $annotations "sidecar.istio.io/bootstrapOverride" }}
    - name: custom-bootstrap-volume
      mountPath: /etc/istio/custom-bootstrap
    {{- end }}
    {{- /* The socket between agent and Envoy, and the token the agent shows to istiod. */}}
    ${volumes.sharedMount('istio-envoy')}
    ${volumes.tokenMount}
    ${volumes.mtlsCertificatesMount}
    ${volumes.podInfoMount}
    {{- if and (eq (valueOrDefault $proxy.tracer "") "lightstep") .ProxyConfig.GetTracing.GetTlsSettings }}
    - name: lightstep-certs
      mountPath: {{ directory .ProxyConfig.GetTracing.GetTlsSettings.GetCaCertificates | quote }}
      readOnly: true
    {{- end }}
    ${volumes.userMounts}
  volumes:
  {{- /* No kind of their own for the first ones: an emptyDir by default, and a template that follows may name another. */}}
  - name: workload-socket
    emptyDir:
  - name: credential-socket
    emptyDir:
  ${volumes.certificateVolume(volumes.gkeCertificate, 'emptyDir:')}
  ${volumes.customBootstrapVolume}
  ${volumes.sharedVolume('istio-envoy')}
  ${volumes.dataVolume}
  ${volumes.podInfoVolume}
  ${volumes.tokenVolume('istio-token')}
  ${volumes.rootCertificateVolume}
  - name: istio-ca-crl
    configMap:
      name: istio-ca-crl
      optional: true
  ${volumes.mtlsCertificatesVolume}
  ${volumes.userVolumes}
  {{- if and (eq (valueOrDefault $proxy.tracer "") "lightstep") .ProxyConfig.GetTracing.GetTlsSettings }}
  - name: lightstep-certs
    secret:
      optional: true
      secretName: lightstep.cacert
  {{- end }}
  ${imagePullSecrets}
  ${legacyFsGroup}
`;
