/**
 * The template named `sidecar`: the proxy beside an application, and the container that sets up traffic capture.
 *
 * istiod evaluates it once per pod with Go's text/template, sprig and its own functions, and merges the result onto the
 * pod. A setting comes from the pod's annotation where there is one, else from the mesh's values or ProxyConfig.
 *
 * Source: https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export const sidecar = String.raw`
{{- /* CPU and memory of a proxy. One annotation replaces all of the mesh's values; a null in the values leaves a resource out. */ -}}
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
{{- $cni := .Values.pilot.cni.enabled }}
{{- $mode := annotation .ObjectMeta "sidecar.istio.io/interceptionMode" .ProxyConfig.InterceptionMode }}
{{- $isTproxy := eq $mode "TPROXY" }}
{{- $bindsLowPorts := eq (annotation .ObjectMeta "sidecar.istio.io/capNetBindService" $proxy.capNetBindService) "true" }}
{{- $isNative := ne (index $annotations "sidecar.istio.io/nativeSidecar" | default (printf "%t" .NativeSidecars)) "false" }}
{{- $statusPort := annotation .ObjectMeta "status.sidecar.istio.io/port" $proxy.statusPort }}
{{- $uid := .ProxyUID | default "1337" }}
{{- $gid := .ProxyGID | default "1337" }}
{{- $trustDomain := valueOrDefault .MeshConfig.TrustDomain $global.trustDomain }}

{{- /* Traffic capture: what goes in and out through the proxy, and what passes by. */ -}}
{{- $outboundRanges := annotation .ObjectMeta "traffic.sidecar.istio.io/includeOutboundIPRanges" $proxy.includeIPRanges }}
{{- $notOutboundRanges := annotation .ObjectMeta "traffic.sidecar.istio.io/excludeOutboundIPRanges" $proxy.excludeIPRanges }}
{{- $inboundPorts := annotation .ObjectMeta "traffic.sidecar.istio.io/includeInboundPorts" $proxy.includeInboundPorts }}
{{- $notInboundPorts := excludeInboundPort $statusPort (annotation .ObjectMeta "traffic.sidecar.istio.io/excludeInboundPorts" $proxy.excludeInboundPorts) }}
{{- $outboundPorts := annotation .ObjectMeta "traffic.sidecar.istio.io/includeOutboundPorts" (valueOrDefault $proxy.includeOutboundPorts "") }}
{{- $hasOutboundPorts := or (isset $annotations "traffic.sidecar.istio.io/includeOutboundPorts") (ne $outboundPorts "") }}
{{- $notOutboundPorts := annotation .ObjectMeta "traffic.sidecar.istio.io/excludeOutboundPorts" (valueOrDefault $proxy.excludeOutboundPorts "") }}
{{- $hasNotOutboundPorts := or (isset $annotations "traffic.sidecar.istio.io/excludeOutboundPorts") (ne $notOutboundPorts "") }}

{{- /* The application's containers, by name, and their ports as one JSON list that keeps a line per port. */ -}}
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

{{- /* Resource attributes of traces, when a tracing provider asks for OpenTelemetry's naming of services. */ -}}
{{- $attributes := list }}
{{- range .MeshConfig.ExtensionProviders }}
  {{- with .GetOpentelemetry }}
    {{- if and (not $attributes) (contains "OTEL_SEMANTIC_CONVENTIONS" (protoToJSON .)) }}
      {{- $namespace := $.DeploymentMeta.Namespace | default $.ObjectMeta.Namespace | default "default" }}
      {{- $version := index $annotations "resource.opentelemetry.io/service.version" | default (index $labels "app.kubernetes.io/version") }}
      {{- $instance := index $annotations "resource.opentelemetry.io/service.instance.id" }}
      {{- if and (not $version) (eq (len $applications) 1) }}
        {{- /* Without a label the version is that of the image: tag@digest, digest or tag. */ -}}
        {{- range $.Spec.Containers }}
          {{- if ne .Name "istio-proxy" }}
            {{- $digest := "" }}
            {{- $image := .Image }}
            {{- if contains "@" $image }}
              {{- $digest = splitList "@" $image | last }}
              {{- $image = splitList "@" $image | first }}
            {{- end }}
            {{- $tag := "" }}
            {{- $base := splitList "/" $image | last }}
            {{- if contains ":" $base }}{{ $tag = splitList ":" $base | last }}{{ end }}
            {{- $version = list $tag $digest | compact | join "@" }}
          {{- end }}
        {{- end }}
      {{- end }}
      {{- if not $instance }}
        {{- $instance = printf "%s.$(POD_NAME)" $namespace }}
        {{- if eq (len $applications) 1 }}{{ $instance = printf "%s.%s" $instance (first $applications) }}{{ end }}
      {{- end }}
      {{- $attributes = append $attributes (printf "service.namespace=%s" (index $annotations "resource.opentelemetry.io/service.namespace" | default $namespace)) }}
      {{- if $version }}{{ $attributes = append $attributes (printf "service.version=%s" $version) }}{{ end }}
      {{- $attributes = append $attributes (printf "service.instance.id=%s" $instance) }}
    {{- end }}
  {{- end }}
{{- end }}
metadata:
  labels:
    {{- /* That the pod takes mutual TLS, and under which name and revision its telemetry appears. */}}
    security.istio.io/tlsMode: {{ index $labels "security.istio.io/tlsMode" | default "istio" | quote }}
    {{- if eq (index .ProxyConfig.ProxyMetadata "ISTIO_META_ENABLE_HBONE") "true" }}
    networking.istio.io/tunnel: {{ index $labels "networking.istio.io/tunnel" | default "http" | quote }}
    {{- end }}
    service.istio.io/canonical-name: {{ index $labels "service.istio.io/canonical-name" | default (index $labels "app.kubernetes.io/name") | default (index $labels "app") | default .DeploymentMeta.Name | trunc 63 | trimSuffix "-" | quote }}
    service.istio.io/canonical-revision: {{ index $labels "service.istio.io/canonical-revision" | default (index $labels "app.kubernetes.io/version") | default (index $labels "version") | default "latest" | quote }}
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
    {{- /* kubectl logs and exec go to the application, unless the pod says otherwise. */}}
    {{- if $applications }}
      {{- if not (isset $annotations "kubectl.kubernetes.io/default-logs-container") }}
    kubectl.kubernetes.io/default-logs-container: {{ first $applications | quote }}
      {{- end }}
      {{- if not (isset $annotations "kubectl.kubernetes.io/default-container") }}
    kubectl.kubernetes.io/default-container: {{ first $applications | quote }}
      {{- end }}
    {{- end }}
    {{- /* The CNI agent sees nothing but the pod, so all of traffic capture is written down for it. */}}
    {{- if $cni }}
      {{- if eq .Values.pilot.cni.provider "multus" }}
    k8s.v1.cni.cncf.io/networks: {{ appendMultusNetwork (index $annotations "k8s.v1.cni.cncf.io/networks") "default/istio-cni" | quote }}
      {{- end }}
    sidecar.istio.io/interceptionMode: {{ $mode | quote }}
      {{- with $outboundRanges }}
    traffic.sidecar.istio.io/includeOutboundIPRanges: {{ . | quote }}
      {{- end }}
      {{- with $notOutboundRanges }}
    traffic.sidecar.istio.io/excludeOutboundIPRanges: {{ . | quote }}
      {{- end }}
    traffic.sidecar.istio.io/includeInboundPorts: {{ $inboundPorts | quote }}
    traffic.sidecar.istio.io/excludeInboundPorts: {{ $notInboundPorts | quote }}
      {{- if $hasOutboundPorts }}
    traffic.sidecar.istio.io/includeOutboundPorts: {{ $outboundPorts | quote }}
      {{- end }}
      {{- if $hasNotOutboundPorts }}
    traffic.sidecar.istio.io/excludeOutboundPorts: {{ $notOutboundPorts | quote }}
      {{- end }}
    {{- end }}
spec:
  {{- /* The init containers: one for traffic capture unless there is none, then the proxy where it is a native sidecar. */}}
  {{- if and (eq $mode "NONE") (not $isNative) }}
  initContainers: []
  {{- else }}
  initContainers:
  {{- end }}
  {{- if ne $mode "NONE" }}
    {{- /* Without CNI it writes the rules itself, as root; with CNI it only checks that they are there. */}}
  - name: {{ if $cni }}istio-validation{{ else }}istio-init{{ end }}
    {{- $image := annotation .ObjectMeta "sidecar.istio.io/proxyImage" $global.proxy_init.image }}
    image: {{ if contains "/" $image }}{{ $image | quote }}{{ else }}{{ .ProxyImage | quote }}{{ end }}
    args:
    - istio-iptables
    - "-p"
    - {{ .MeshConfig.ProxyListenPort | default "15001" | quote }}
    - "-z"
    - {{ .MeshConfig.ProxyInboundListenPort | default "15006" | quote }}
    - "-u"
    - {{ if $isTproxy }}"1337"{{ else }}{{ $uid | quote }}{{ end }}
    - "-m"
    - {{ $mode | quote }}
    - "-i"
    - {{ $outboundRanges | quote }}
    - "-x"
    - {{ $notOutboundRanges | quote }}
    - "-b"
    - {{ $inboundPorts | quote }}
    - "-d"
    - {{ list "15090" "15021" $notInboundPorts | compact | join "," | quote }}
    {{- if $hasOutboundPorts }}
    - "-q"
    - {{ $outboundPorts | quote }}
    {{- end }}
    {{- if $hasNotOutboundPorts }}
    - "-o"
    - {{ $notOutboundPorts | quote }}
    {{- end }}
    {{- /* Interfaces of virtual machines inside the pod, whose traffic counts as outbound. */}}
    {{- if isset $annotations "istio.io/reroute-virtual-interfaces" }}
    - "-k"
    - {{ index $annotations "istio.io/reroute-virtual-interfaces" | quote }}
    {{- else if isset $annotations "traffic.sidecar.istio.io/kubevirtInterfaces" }}
    - "-k"
    - {{ index $annotations "traffic.sidecar.istio.io/kubevirtInterfaces" | quote }}
    {{- end }}
    {{- if isset $annotations "traffic.sidecar.istio.io/excludeInterfaces" }}
    - "-c"
    - {{ index $annotations "traffic.sidecar.istio.io/excludeInterfaces" | quote }}
    {{- end }}
    - {{ printf "--log_output_level=%s" (annotation .ObjectMeta "sidecar.istio.io/agentLogLevel" $global.logging.level) | quote }}
    {{- if $global.logAsJson }}
    - "--log_as_json"
    {{- end }}
    {{- if $cni }}
    - "--run-validation"
    - "--skip-rule-apply"
    {{- else if $global.proxy_init.forceApplyIptables }}
    - "--force-apply"
    {{- end }}
    {{- if $global.nativeNftables }}
    - "--native-nftables"
    {{- end }}
    {{- with $global.imagePullPolicy }}
    imagePullPolicy: {{ . | quote }}
    {{- end }}
    {{- if .ProxyConfig.ProxyMetadata }}
    env:
      {{- range $name, $value := .ProxyConfig.ProxyMetadata }}
    - name: {{ $name | quote }}
      value: {{ $value | quote }}
      {{- end }}
    {{- end }}
    {{- template "resources" . }}
    securityContext:
      allowPrivilegeEscalation: {{ $proxy.privileged }}
      privileged: {{ $proxy.privileged }}
      capabilities:
      {{- if not $cni }}
        add:
        - NET_ADMIN
        - NET_RAW
      {{- end }}
        drop:
        - ALL
      {{- if $cni }}
      readOnlyRootFilesystem: true
      runAsNonRoot: true
      runAsUser: {{ if $isTproxy }}1337{{ else }}{{ $uid }}{{ end }}
      runAsGroup: {{ if $isTproxy }}1337{{ else }}{{ $gid }}{{ end }}
      {{- else }}
      readOnlyRootFilesystem: false
      runAsNonRoot: false
      runAsUser: 0
      runAsGroup: 0
      {{- end }}
      {{- with $proxy.seccompProfile }}
      seccompProfile: {{- toYaml . | nindent 8 }}
      {{- end }}
  {{- end }}
  {{- /* The proxy: a container beside the others, or an init container that stays. */}}
  {{- if not $isNative }}
  containers:
  {{- end }}
  - name: istio-proxy
    {{- $image := annotation .ObjectMeta "sidecar.istio.io/proxyImage" $proxy.image }}
    image: {{ if contains "/" $image }}{{ $image | quote }}{{ else }}{{ .ProxyImage | quote }}{{ end }}
    {{- if $isNative }}
    restartPolicy: Always
    {{- end }}
    ports:
    - containerPort: 15090
      name: http-envoy-prom
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
    {{- with $proxy.outlierLogPath }}
    - {{ printf "--outlierLogPath=%s" . | quote }}
    {{- end }}
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
    - name: ISTIO_CPU_LIMIT
      valueFrom:
        resourceFieldRef:
          resource: limits.cpu
          divisor: "1"
    {{- /* How the proxy is configured, and what runs beside it. */}}
    - name: PROXY_CONFIG
      value: {{ printf "%s\n" (protoToJSON .ProxyConfig) | quote }}
    - name: ISTIO_META_POD_PORTS
      value: {{ printf "%s\n]" $ports | quote }}
    - name: ISTIO_META_APP_CONTAINERS
      value: {{ $applications | join "," | quote }}
    - name: GOMEMLIMIT
      valueFrom:
        resourceFieldRef:
          resource: limits.memory
          divisor: "1"
    - name: GOMAXPROCS
      valueFrom:
        resourceFieldRef:
          resource: limits.cpu
          divisor: "1"
    {{- with .CompliancePolicy }}
    - name: COMPLIANCE_POLICY
      value: {{ . | quote }}
    {{- end }}
    - name: ISTIO_META_CLUSTER_ID
      value: {{ valueOrDefault $global.multiCluster.clusterName "Kubernetes" | quote }}
    - name: ISTIO_META_NODE_NAME
      valueFrom:
        fieldRef:
          fieldPath: spec.nodeName
    - name: ISTIO_META_INTERCEPTION_MODE
      value: {{ $mode | quote }}
    {{- with $global.network }}
    - name: ISTIO_META_NETWORK
      value: {{ . | quote }}
    {{- end }}
    {{- /* The workload the pod belongs to. */}}
    {{- with index $labels "service.istio.io/workload-name" | default .DeploymentMeta.Name }}
    - name: ISTIO_META_WORKLOAD_NAME
      value: {{ . | quote }}
    {{- end }}
    {{- if and .TypeMeta.APIVersion .DeploymentMeta.Name }}
    - name: ISTIO_META_OWNER
      value: {{ printf "kubernetes://apis/%s/namespaces/%s/%ss/%s" .TypeMeta.APIVersion (valueOrDefault .DeploymentMeta.Namespace "default") (toLower .TypeMeta.Kind) .DeploymentMeta.Name | quote }}
    {{- end }}
    {{- if isset $annotations "sidecar.istio.io/bootstrapOverride" }}
    - name: ISTIO_BOOTSTRAP_OVERRIDE
      value: /etc/istio/custom-bootstrap/custom_bootstrap.json
    {{- end }}
    {{- with $global.meshID | default $trustDomain }}
    - name: ISTIO_META_MESH_ID
      value: {{ . | quote }}
    {{- end }}
    {{- with $trustDomain }}
    - name: TRUST_DOMAIN
      value: {{ . | quote }}
    {{- end }}
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
    {{- range $name, $value := .ProxyConfig.ProxyMetadata }}
    - name: {{ $name | quote }}
      value: {{ $value | quote }}
    {{- end }}
    {{- with $global.imagePullPolicy }}
    imagePullPolicy: {{ . | quote }}
    {{- end }}
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
    readinessProbe:
      httpGet:
        path: /healthz/ready
        port: 15021
      initialDelaySeconds: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/initialDelaySeconds" $proxy.readinessInitialDelaySeconds }}
      periodSeconds: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/periodSeconds" $proxy.readinessPeriodSeconds }}
      timeoutSeconds: 3
      failureThreshold: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/failureThreshold" $proxy.readinessFailureThreshold }}
    {{- end }}
    {{- /* Root only where the kernel asks for it: transparent sockets, low ports, tracing of the capture's rules. */}}
    securityContext:
      {{- if eq (index .ProxyConfig.ProxyMetadata "IPTABLES_TRACE_LOGGING") "true" }}
      allowPrivilegeEscalation: true
      privileged: true
      capabilities:
        add:
        - NET_ADMIN
        drop:
        - ALL
      readOnlyRootFilesystem: true
      runAsNonRoot: false
      runAsUser: 0
      runAsGroup: {{ $gid }}
      {{- else }}
      allowPrivilegeEscalation: {{ $proxy.privileged }}
      privileged: {{ $proxy.privileged }}
      capabilities:
        {{- if or $isTproxy $bindsLowPorts }}
        add:
          {{- if $isTproxy }}
        - NET_ADMIN
          {{- end }}
          {{- if $bindsLowPorts }}
        - NET_BIND_SERVICE
          {{- end }}
        {{- end }}
        drop:
        - ALL
      readOnlyRootFilesystem: true
        {{- if or $isTproxy $bindsLowPorts }}
      runAsNonRoot: false
      runAsUser: 0
      runAsGroup: 1337
        {{- else }}
      runAsNonRoot: true
      runAsUser: {{ $uid }}
      runAsGroup: {{ $gid }}
        {{- end }}
      {{- end }}
      {{- with $proxy.seccompProfile }}
      seccompProfile: {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- template "resources" . }}
    volumeMounts:
    {{- /* Sockets and certificates of the workload's identity. */}}
    - name: workload-socket
      mountPath: /var/run/secrets/workload-spiffe-uds
    - name: credential-socket
      mountPath: /var/run/secrets/credential-uds
    {{- if eq $global.caName "GkeWorkloadCertificate" }}
    - name: gke-workload-certificate
      mountPath: /var/run/secrets/workload-spiffe-credentials
      readOnly: true
    {{- else }}
    - name: workload-certs
      mountPath: /var/run/secrets/workload-spiffe-credentials
    {{- end }}
    {{- /* What the control plane is trusted by. */}}
    {{- if eq $global.pilotCertProvider "istiod" }}
    - name: istiod-ca-cert
      mountPath: /var/run/secrets/istio
    {{- end }}
    - name: istio-ca-crl
      mountPath: /var/run/secrets/istio/crl
    - name: istio-data
      mountPath: /var/lib/istio/data
    {{- if isset $annotations "sidecar.istio.io/bootstrapOverride" }}
    - name: custom-bootstrap-volume
      mountPath: /etc/istio/custom-bootstrap
    {{- end }}
    {{- /* The socket between agent and Envoy, and the token the agent shows to istiod. */}}
    - name: istio-envoy
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
    {{- if and (eq (valueOrDefault $proxy.tracer "") "lightstep") .ProxyConfig.GetTracing.GetTlsSettings }}
    - name: lightstep-certs
      mountPath: {{ directory .ProxyConfig.GetTracing.GetTlsSettings.GetCaCertificates | quote }}
      readOnly: true
    {{- end }}
    {{- /* Mounts the pod's owner asks for, as JSON by volume name. */}}
    {{- if isset $annotations "sidecar.istio.io/userVolumeMount" }}
      {{- range $name, $mount := fromJSON (index $annotations "sidecar.istio.io/userVolumeMount") }}
    - name: {{ $name | quote }}
      {{- toYaml $mount | nindent 6 }}
      {{- end }}
    {{- end }}
  volumes:
  {{- /* No kind of their own for the first ones: an emptyDir by default, and a template that follows may name another. */}}
  - name: workload-socket
    emptyDir:
  - name: credential-socket
    emptyDir:
  {{- if eq $global.caName "GkeWorkloadCertificate" }}
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
  - name: istio-envoy
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
  - name: istio-ca-crl
    configMap:
      name: istio-ca-crl
      optional: true
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
  {{- if and (eq (valueOrDefault $proxy.tracer "") "lightstep") .ProxyConfig.GetTracing.GetTlsSettings }}
  - name: lightstep-certs
    secret:
      optional: true
      secretName: lightstep.cacert
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
