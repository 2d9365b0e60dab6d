/**
 * The template named `grpc-agent`: gRPC applications that speak xDS themselves, with an agent beside them that fetches
 * certificates and configuration, but no Envoy.
 *
 * Source: https://istio.io/latest/blog/2021/proxyless-grpc/
 */
export const grpcAgent = String.raw`
{{- /* CPU and memory of the agent. One annotation replaces all of the mesh's values; a null in the values leaves a resource out. */ -}}
{{- define "resources" }}
    resources:
{{- $annotations := .ObjectMeta.Annotations }}
{{- $isAnnotated := or (isset $annotations "sidecar.istio.io/proxyCPU") (isset $annotations "sidecar.istio.io/proxyMemory") (isset $annotations "sidecar.istio.io/proxyCPULimit") (isset $annotations "sidecar.istio.io/proxyMemoryLimit") }}
{{- if $isAnnotated }}
  {{- if or (isset $annotations "sidecar.istio.io/proxyCPU") (isset $annotations "sidecar.istio.io/proxyMemory") }}
      requests:
    {{- if isset $annotations "sidecar.istio.io/proxyCPU" }}
        cpu: {{ index $annotations "sidecar.istio.io/proxyCPU" | quote }}
    {{- end }}
    {{- if isset $annotations "sidecar.istio.io/proxyMemory" }}
        memory: {{ index $annotations "sidecar.istio.io/proxyMemory" | quote }}
    {{- end }}
  {{- end }}
  {{- if or (isset $annotations "sidecar.istio.io/proxyCPULimit") (isset $annotations "sidecar.istio.io/proxyMemoryLimit") }}
      limits:
    {{- if isset $annotations "sidecar.istio.io/proxyCPULimit" }}
        cpu: {{ index $annotations "sidecar.istio.io/proxyCPULimit" | quote }}
    {{- end }}
    {{- if isset $annotations "sidecar.istio.io/proxyMemoryLimit" }}
        memory: {{ index $annotations "sidecar.istio.io/proxyMemoryLimit" | quote }}
    {{- end }}
  {{- end }}
{{- else }}
  {{- range $kind, $amounts := .Values.global.proxy.resources }}
    {{- if kindIs "map" $amounts }}
      {{ $kind }}:
      {{- range $name, $amount := $amounts }}
        {{- if not (kindIs "invalid" $amount) }}
        {{ $name }}: {{ $amount | quote }}
        {{- end }}
      {{- end }}
    {{- else if $amounts }}
      {{ $kind }}: {{- toYaml $amounts | nindent 6 }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* What several blocks below ask for. */ -}}
{{- $annotations := .ObjectMeta.Annotations }}
{{- $labels := .ObjectMeta.Labels }}
{{- $global := .Values.global }}
{{- $proxy := .Values.global.proxy }}
{{- $trustDomain := valueOrDefault .MeshConfig.TrustDomain $global.trustDomain }}
{{- $isGke := eq $global.caName "GkeWorkloadCertificate" }}

{{- /* The application's containers, by name, and their ports, a line per port. */ -}}
{{- $applications := list }}
{{- $ports := "[" }}
{{- $separator := "" }}
{{- range .Spec.Containers }}
  {{- if ne .Name "istio-proxy" }}{{ $applications = append $applications .Name }}{{ end }}
  {{- range .Ports }}
    {{- $ports = printf "%s\n    %s%s" $ports $separator (structToJSON .) }}
    {{- $separator = "," }}
  {{- end }}
{{- end }}
metadata:
  labels:
    {{- /* No security.istio.io/tlsMode: only the application's owner knows whether it takes mutual TLS. */}}
    service.istio.io/canonical-name: {{ index $labels "service.istio.io/canonical-name" | default (index $labels "app.kubernetes.io/name") | default (index $labels "app") | default .DeploymentMeta.Name | trunc 63 | trimSuffix "-" | quote }}
    service.istio.io/canonical-revision: {{ index $labels "service.istio.io/canonical-revision" | default (index $labels "app.kubernetes.io/version") | default (index $labels "version") | default "latest" | quote }}
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
    {{- if $applications }}
      {{- if not (isset $annotations "kubectl.kubernetes.io/default-logs-container") }}
    kubectl.kubernetes.io/default-logs-container: {{ first $applications | quote }}
      {{- end }}
      {{- if not (isset $annotations "kubectl.kubernetes.io/default-container") }}
    kubectl.kubernetes.io/default-container: {{ first $applications | quote }}
      {{- end }}
    {{- end }}
    {{- /* Probes reach the application as they are, for nothing stands in between. */}}
    sidecar.istio.io/rewriteAppHTTPProbers: "false"
spec:
  containers:
  - name: istio-proxy
    {{- $image := annotation .ObjectMeta "sidecar.istio.io/proxyImage" $proxy.image }}
    image: {{ if contains "/" $image }}{{ $image | quote }}{{ else }}{{ .ProxyImage | quote }}{{ end }}
    ports:
    - containerPort: 15020
      name: mesh-metrics
      protocol: TCP
    args:
    - proxy
    - sidecar
    - --domain
    - {{ printf "$(POD_NAMESPACE).svc.%s" $proxy.clusterDomain | quote }}
    - {{ printf "--proxyLogLevel=%s" (annotation .ObjectMeta "sidecar.istio.io/logLevel" $proxy.logLevel) | quote }}
    - {{ printf "--proxyComponentLogLevel=%s" (annotation .ObjectMeta "sidecar.istio.io/componentLogLevel" $proxy.componentLogLevel) | quote }}
    - {{ printf "--log_output_level=%s" (annotation .ObjectMeta "sidecar.istio.io/agentLogLevel" $global.logging.level) | quote }}
    {{- with $global.sts.servicePort }}
    - "--stsPort={{ . }}"
    {{- end }}
    {{- if $global.logAsJson }}
    - "--log_as_json"
    {{- end }}
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
    {{- if eq .InboundTrafficPolicyMode "localhost" }}
    - name: REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION
      value: "true"
    {{- end }}
    {{- /* Where certificates come from. */}}
    - name: PILOT_CERT_PROVIDER
      value: {{ $global.pilotCertProvider | quote }}
    - name: CA_ADDR
      value: {{ $global.caAddress | default (printf "istiod%s.%s.svc:15012" (ternary (printf "-%s" .Values.revision) "" (ne (valueOrDefault .Values.revision "") "")) $global.istioNamespace) | quote }}
    {{- /* Who and where this pod is. */}}
    - name: POD_NAME
      valueFrom:
        fieldRef:
          fieldPath: metadata.name
    - name: POD_NAMESPACE
      valueFrom:
        fieldRef:
          fieldPath: metadata.namespace
    - name: INSTANCE_IP
      valueFrom:
        fieldRef:
          fieldPath: status.podIP
    - name: SERVICE_ACCOUNT
      valueFrom:
        fieldRef:
          fieldPath: spec.serviceAccountName
    - name: HOST_IP
      valueFrom:
        fieldRef:
          fieldPath: status.hostIP
    - name: PROXY_CONFIG
      value: {{ printf "%s\n" (protoToJSON .ProxyConfig) | quote }}
    - name: ISTIO_META_POD_PORTS
      value: {{ printf "%s\n]" $ports | quote }}
    - name: ISTIO_META_APP_CONTAINERS
      value: {{ $applications | join "," | quote }}
    - name: ISTIO_META_CLUSTER_ID
      value: {{ valueOrDefault $global.multiCluster.clusterName "Kubernetes" | quote }}
    - name: ISTIO_META_NODE_NAME
      valueFrom:
        fieldRef:
          fieldPath: spec.nodeName
    {{- with $global.network }}
    - name: ISTIO_META_NETWORK
      value: {{ . | quote }}
    {{- end }}
    {{- with .DeploymentMeta.Name }}
    - name: ISTIO_META_WORKLOAD_NAME
      value: {{ . | quote }}
    {{- end }}
    {{- if and .TypeMeta.APIVersion .DeploymentMeta.Name }}
    - name: ISTIO_META_OWNER
      value: {{ printf "kubernetes://apis/%s/namespaces/%s/%ss/%s" .TypeMeta.APIVersion (valueOrDefault .DeploymentMeta.Namespace "default") (toLower .TypeMeta.Kind) .DeploymentMeta.Name | quote }}
    {{- end }}
    {{- with $global.meshID | default $trustDomain }}
    - name: ISTIO_META_MESH_ID
      value: {{ . | quote }}
    {{- end }}
    {{- with $trustDomain }}
    - name: TRUST_DOMAIN
      value: {{ . | quote }}
    {{- end }}
    {{- range $name, $value := .ProxyConfig.ProxyMetadata }}
    - name: {{ $name | quote }}
      value: {{ $value | quote }}
    {{- end }}
    {{- /* gRPC resolves by xDS, so nothing has to answer DNS; and Envoy stays off. */}}
    - name: ISTIO_META_DNS_CAPTURE
      value: "false"
    - name: DISABLE_ENVOY
      value: "true"
    {{- with $global.imagePullPolicy }}
    imagePullPolicy: {{ . | quote }}
    {{- end }}
    {{- if ne (annotation .ObjectMeta "status.sidecar.istio.io/port" $proxy.statusPort) "0" }}
    readinessProbe:
      httpGet:
        path: /healthz/ready
        port: 15020
      initialDelaySeconds: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/initialDelaySeconds" $proxy.readinessInitialDelaySeconds }}
      periodSeconds: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/periodSeconds" $proxy.readinessPeriodSeconds }}
      timeoutSeconds: 3
      failureThreshold: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/failureThreshold" $proxy.readinessFailureThreshold }}
    {{- end }}
    {{- template "resources" . }}
    volumeMounts:
    - name: workload-socket
      mountPath: /var/run/secrets/workload-spiffe-uds
    {{- if $isGke }}
    - name: gke-workload-certificate
      mountPath: /var/run/secrets/workload-spiffe-credentials
      readOnly: true
    {{- else }}
    - name: workload-certs
      mountPath: /var/run/secrets/workload-spiffe-credentials
    {{- end }}
    {{- if eq $global.pilotCertProvider "istiod" }}
    - name: istiod-ca-cert
      mountPath: /var/run/secrets/istio
    {{- end }}
    - name: istio-data
      mountPath: /var/lib/istio/data
    {{- /* The socket over which the agent serves the gRPC library. */}}
    - name: istio-xds
      mountPath: /etc/istio/proxy
    - name: istio-token
      mountPath: /var/run/secrets/tokens
    {{- if $global.mountMtlsCerts }}
    - name: istio-certs
      mountPath: /etc/certs/
      readOnly: true
    {{- end }}
    - name: istio-podinfo
      mountPath: /etc/istio/pod
    {{- /* Mounts the pod's owner asks for, as JSON by volume name. */}}
    {{- if isset $annotations "sidecar.istio.io/userVolumeMount" }}
      {{- range $name, $mount := fromJSON (index $annotations "sidecar.istio.io/userVolumeMount") }}
    - name: {{ $name | quote }}
      {{- toYaml $mount | nindent 6 }}
      {{- end }}
    {{- end }}
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
    - name: istio-data
      mountPath: /var/lib/istio/data
    - name: istio-xds
      mountPath: /etc/istio/proxy
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
  {{- if $isGke }}
  - name: gke-workload-certificate
    csi:
      driver: workloadcertificates.security.cloud.google.com
  {{- else }}
  - name: workload-certs
    emptyDir:
  {{- end }}
  {{- if isset $annotations "sidecar.istio.io/bootstrapOverride" }}
  - name: custom-bootstrap-volume
    configMap:
      name: {{ index $annotations "sidecar.istio.io/bootstrapOverride" | quote }}
  {{- end }}
  - name: istio-xds
    emptyDir:
      medium: Memory
  - name: istio-data
    emptyDir: {}
  - name: istio-podinfo
    downwardAPI:
      items:
      - path: labels
        fieldRef:
          fieldPath: metadata.labels
      - path: annotations
        fieldRef:
          fieldPath: metadata.annotations
  - name: istio-token
    projected:
      sources:
      - serviceAccountToken:
          path: istio-token
          expirationSeconds: 43200
          audience: {{ $global.sds.token.aud | quote }}
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
  {{- if $global.mountMtlsCerts }}
  - name: istio-certs
    secret:
      optional: true
      secretName: {{ printf "istio.%s" (.Spec.ServiceAccountName | default "default") | quote }}
  {{- end }}
  {{- /* Volumes the pod's owner asks for, as JSON by name. */}}
  {{- if isset $annotations "sidecar.istio.io/userVolume" }}
    {{- range $name, $volume := fromJSON (index $annotations "sidecar.istio.io/userVolume") }}
  - name: {{ $name | quote }}
    {{- toYaml $volume | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- with $global.imagePullSecrets }}
  imagePullSecrets:
    {{- range . }}
  - name: {{ . | quote }}
    {{- end }}
  {{- end }}
  {{- if eq (env "ENABLE_LEGACY_FSGROUP_INJECTION" "false") "true" }}
  securityContext:
    fsGroup: 1337
  {{- end }}
`;
