/**
 * The template named `gateway`: a Deployment with `image: auto` becomes a gateway that people run themselves.
 *
 * The proxy is the only container that matters, nothing is captured, and ports below 1024 work without privileges.
 *
 * Source: https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export const gateway = String.raw`
{{- /* What several blocks below ask for. */ -}}
{{- $annotations := .ObjectMeta.Annotations }}
{{- $labels := .ObjectMeta.Labels }}
{{- $global := .Values.global }}
{{- $proxy := .Values.global.proxy }}
{{- $trustDomain := valueOrDefault .MeshConfig.TrustDomain $global.trustDomain }}

{{- /* Containers beside the proxy, and the ports of all, a line per port. */ -}}
{{- $others := list }}
{{- $ports := "[" }}
{{- $separator := "" }}
{{- range .Spec.Containers }}
  {{- if ne .Name "istio-proxy" }}{{ $others = append $others .Name }}{{ end }}
  {{- range .Ports }}
    {{- $ports = printf "%s\n    %s%s" $ports $separator (structToJSON .) }}
    {{- $separator = "," }}
  {{- end }}
{{- end }}
metadata:
  labels:
    {{- /* Under which name and revision its telemetry appears. */}}
    service.istio.io/canonical-name: {{ index $labels "service.istio.io/canonical-name" | default (index $labels "app.kubernetes.io/name") | default (index $labels "app") | default .DeploymentMeta.Name | trunc 63 | trimSuffix "-" | quote }}
    service.istio.io/canonical-revision: {{ index $labels "service.istio.io/canonical-revision" | default (index $labels "app.kubernetes.io/version") | default (index $labels "version") | default "latest" | quote }}
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
    {{- /* kubectl logs and exec go to the first container beside the proxy, unless the pod says otherwise. */}}
    {{- if $others }}
      {{- if not (isset $annotations "kubectl.kubernetes.io/default-logs-container") }}
    kubectl.kubernetes.io/default-logs-container: {{ first $others | quote }}
      {{- end }}
      {{- if not (isset $annotations "kubectl.kubernetes.io/default-container") }}
    kubectl.kubernetes.io/default-container: {{ first $others | quote }}
      {{- end }}
    {{- end }}
spec:
  {{- /* Low ports for a proxy that is not root: the kernel lets everyone in this pod bind them. */}}
  {{- if .Values.gateways.securityContext }}
  securityContext: {{- toYaml .Values.gateways.securityContext | nindent 4 }}
  {{- else }}
  securityContext:
    sysctls:
    - name: net.ipv4.ip_unprivileged_port_start
      value: "0"
    {{- with .Values.gateways.seccompProfile }}
    seccompProfile: {{- toYaml . | nindent 6 }}
    {{- end }}
  {{- end }}
  containers:
  - name: istio-proxy
    {{- $image := annotation .ObjectMeta "sidecar.istio.io/proxyImage" $proxy.image }}
    image: {{ if contains "/" $image }}{{ $image | quote }}{{ else }}{{ .ProxyImage | quote }}{{ end }}
    ports:
    - containerPort: 15090
      name: http-envoy-prom
      protocol: TCP
    args:
    - proxy
    - router
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
    {{- with $proxy.lifecycle }}
    lifecycle: {{- toYaml . | nindent 6 }}
    {{- end }}
    securityContext:
      runAsUser: {{ .ProxyUID | default "1337" }}
      runAsGroup: {{ .ProxyGID | default "1337" }}
    env:
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
    {{- /* How the proxy is configured. */}}
    - name: PROXY_CONFIG
      value: {{ printf "%s\n" (protoToJSON .ProxyConfig) | quote }}
    - name: ISTIO_META_POD_PORTS
      value: {{ printf "%s\n]" $ports | quote }}
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
    - name: ISTIO_META_APP_CONTAINERS
      value: {{ $others | join "," | quote }}
    - name: ISTIO_META_CLUSTER_ID
      value: {{ valueOrDefault $global.multiCluster.clusterName "Kubernetes" | quote }}
    - name: ISTIO_META_NODE_NAME
      valueFrom:
        fieldRef:
          fieldPath: spec.nodeName
    - name: ISTIO_META_INTERCEPTION_MODE
      value: {{ .ProxyConfig.InterceptionMode.String | quote }}
    {{- with $global.network }}
    - name: ISTIO_META_NETWORK
      value: {{ . | quote }}
    {{- end }}
    {{- /* The workload the pod belongs to. */}}
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
    {{- with $global.imagePullPolicy }}
    imagePullPolicy: {{ . | quote }}
    {{- end }}
    readinessProbe:
      httpGet:
        path: /healthz/ready
        port: 15021
      initialDelaySeconds: {{ $proxy.readinessInitialDelaySeconds }}
      periodSeconds: {{ $proxy.readinessPeriodSeconds }}
      timeoutSeconds: 3
      failureThreshold: {{ $proxy.readinessFailureThreshold }}
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
    {{- if eq $global.pilotCertProvider "istiod" }}
    - name: istiod-ca-cert
      mountPath: /var/run/secrets/istio
    {{- end }}
    - name: istio-data
      mountPath: /var/lib/istio/data
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
  volumes:
  {{- /* No kind of its own for the first: an emptyDir by default, and a template that follows may name another. */}}
  - name: workload-socket
    emptyDir:
  - name: credential-socket
    emptyDir: {}
  {{- if eq $global.caName "GkeWorkloadCertificate" }}
  - name: gke-workload-certificate
    csi:
      driver: workloadcertificates.security.cloud.google.com
  {{- else }}
  - name: workload-certs
    emptyDir: {}
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
  {{- if $global.mountMtlsCerts }}
  - name: istio-certs
    secret:
      optional: true
      secretName: {{ printf "istio.%s" (.Spec.ServiceAccountName | default "default") | quote }}
  {{- end }}
  {{- with $global.imagePullSecrets }}
  imagePullSecrets:
    {{- range . }}
  - name: {{ . | quote }}
    {{- end }}
  {{- end }}
`;
