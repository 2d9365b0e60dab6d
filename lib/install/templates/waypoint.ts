/**
 * The template named `waypoint`: what istiod makes of a Gateway API `Gateway` of class `istio-waypoint`, the proxy that
 * handles HTTP for a namespace or service in ambient mode.
 *
 * Source: https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export const waypoint = String.raw`
{{- /* What several objects below repeat. Annotations that only steer the making of them do not go on to them. */ -}}
{{- $annotations := omit .InfrastructureAnnotations "kubectl.kubernetes.io/last-applied-configuration" "gateway.istio.io/name-override" "gateway.istio.io/service-account" "gateway.istio.io/controller-version" }}
{{- $global := .Values.global }}
{{- $proxy := .Values.global.proxy }}
{{- $trustDomain := valueOrDefault .MeshConfig.TrustDomain $global.trustDomain }}
{{- /* The identity of the gateway's pods. */}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .ServiceAccount | quote }}
  namespace: {{ .Namespace | quote }}
  annotations: {{- toJsonMap $annotations | nindent 4 }}
  labels: {{- toJsonMap .InfrastructureLabels (strdict "gateway.networking.k8s.io/gateway-name" .Name "gateway.networking.k8s.io/gateway-class-name" .GatewayClass) | nindent 4 }}
  ownerReferences:
  - apiVersion: gateway.networking.k8s.io/v1beta1
    kind: Gateway
    name: {{ .Name | quote }}
    uid: {{ .UID | quote }}
---
{{- /* The gateway's pods. They carry their proxy already, so nothing injects them. */}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .DeploymentName | quote }}
  namespace: {{ .Namespace | quote }}
  annotations: {{- toJsonMap $annotations | nindent 4 }}
  labels: {{- toJsonMap .InfrastructureLabels (strdict "gateway.networking.k8s.io/gateway-name" .Name "gateway.networking.k8s.io/gateway-class-name" .GatewayClass "gateway.istio.io/managed" .ControllerLabel) | nindent 4 }}
  ownerReferences:
  - apiVersion: gateway.networking.k8s.io/v1beta1
    kind: Gateway
    name: {{ .Name | quote }}
    uid: {{ .UID | quote }}
spec:
  selector:
    matchLabels:
      {{ .GatewayNameLabel | quote }}: {{ .Name | quote }}
  template:
    metadata:
      annotations: {{- toJsonMap $annotations (strdict "istio.io/rev" (.Revision | default "default")) (strdict "prometheus.io/path" "/stats/prometheus" "prometheus.io/port" "15020" "prometheus.io/scrape" "true") | nindent 8 }}
      labels: {{- toJsonMap (strdict "sidecar.istio.io/inject" "false" "istio.io/dataplane-mode" "none" "service.istio.io/canonical-name" .DeploymentName "service.istio.io/canonical-revision" "latest") .InfrastructureLabels (strdict "gateway.networking.k8s.io/gateway-name" .Name "gateway.networking.k8s.io/gateway-class-name" .GatewayClass "gateway.istio.io/managed" .ControllerLabel) | nindent 8 }}
    spec:
      {{- /* On which nodes they run. */}}
      {{- with .Values.global.waypoint.affinity }}
      affinity: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.global.waypoint.topologySpreadConstraints }}
      topologySpreadConstraints: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.global.waypoint.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.global.waypoint.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      serviceAccountName: {{ .ServiceAccount | quote }}
      containers:
      - name: istio-proxy
        ports:
        - containerPort: 15020
          name: metrics
          protocol: TCP
        - containerPort: 15021
          name: status-port
          protocol: TCP
        - containerPort: 15090
          name: http-envoy-prom
          protocol: TCP
        {{- $image := annotation .ObjectMeta "sidecar.istio.io/proxyImage" $proxy.image }}
        image: {{ if contains "/" $image }}{{ $image | quote }}{{ else }}{{ .ProxyImage | quote }}{{ end }}
        {{- with $global.imagePullPolicy }}
        imagePullPolicy: {{ . | quote }}
        {{- end }}
        args:
        - proxy
        - waypoint
        - --domain
        - {{ printf "$(POD_NAMESPACE).svc.%s" $proxy.clusterDomain | quote }}
        - --serviceCluster
        - {{ printf "%s.$(POD_NAMESPACE)" .ServiceAccount | quote }}
        - --proxyLogLevel
        - {{ annotation .ObjectMeta "sidecar.istio.io/logLevel" $proxy.logLevel | quote }}
        - --proxyComponentLogLevel
        - {{ annotation .ObjectMeta "sidecar.istio.io/componentLogLevel" $proxy.componentLogLevel | quote }}
        - --log_output_level
        - {{ annotation .ObjectMeta "sidecar.istio.io/agentLogLevel" $global.logging.level | quote }}
        {{- if $global.logAsJson }}
        - "--log_as_json"
        {{- end }}
        {{- with $proxy.outlierLogPath }}
        - {{ printf "--outlierLogPath=%s" . | quote }}
        {{- end }}
        env:
        - name: ISTIO_META_SERVICE_ACCOUNT
          valueFrom:
            fieldRef:
              fieldPath: spec.serviceAccountName
        - name: ISTIO_META_NODE_NAME
          valueFrom:
            fieldRef:
              fieldPath: spec.nodeName
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
        {{- range $name, $value := .ProxyConfig.ProxyMetadata }}
        - name: {{ $name | quote }}
          value: {{ $value | quote }}
        {{- end }}
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
        {{- with valueOrDefault (index .InfrastructureLabels "topology.istio.io/network") $global.network }}
        - name: ISTIO_META_NETWORK
          value: {{ . | quote }}
        {{- end }}
        - name: ISTIO_META_INTERCEPTION_MODE
          value: REDIRECT
        - name: ISTIO_META_WORKLOAD_NAME
          value: {{ .DeploymentName | quote }}
        - name: ISTIO_META_OWNER
          value: {{ printf "kubernetes://apis/apps/v1/namespaces/%s/deployments/%s" .Namespace .DeploymentName | quote }}
        {{- with $global.meshID | default $trustDomain }}
        - name: ISTIO_META_MESH_ID
          value: {{ . | quote }}
        {{- end }}
        {{- with $trustDomain }}
        - name: TRUST_DOMAIN
          value: {{ . | quote }}
        {{- end }}
        {{- with $global.waypoint.resources }}
        resources:
          {{- /* A null leaves a resource out; written down it would be a limit of nothing. */}}
          {{- range $kind, $amounts := . }}
            {{- if kindIs "map" $amounts }}
          {{ $kind }}:
              {{- range $name, $amount := $amounts }}
                {{- if not (kindIs "invalid" $amount) }}
            {{ $name }}: {{ $amount | quote }}
                {{- end }}
              {{- end }}
            {{- else if $amounts }}
          {{ $kind }}: {{- toYaml $amounts | nindent 10 }}
            {{- end }}
          {{- end }}
        {{- end }}
        {{- /* Ready when Envoy has its configuration; the startup probe asks every second so that little time is lost. */}}
        startupProbe:
          httpGet:
            path: /healthz/ready
            port: 15021
            scheme: HTTP
          initialDelaySeconds: 1
          periodSeconds: 1
          timeoutSeconds: 1
          successThreshold: 1
          failureThreshold: 30
        readinessProbe:
          httpGet:
            path: /healthz/ready
            port: 15021
            scheme: HTTP
          initialDelaySeconds: 0
          periodSeconds: 15
          timeoutSeconds: 1
          successThreshold: 1
          failureThreshold: 4
        {{- /* OpenShift gives each namespace its own range of users. */}}
        securityContext:
          allowPrivilegeEscalation: false
          privileged: false
          capabilities:
            drop:
            - ALL
          readOnlyRootFilesystem: true
          runAsNonRoot: true
          {{- if ne (valueOrDefault $global.platform "") "openshift" }}
          runAsUser: 1337
          runAsGroup: 1337
          {{- end }}
          {{- with .Values.gateways.seccompProfile }}
          seccompProfile: {{- toYaml . | nindent 12 }}
          {{- end }}
        volumeMounts:
        - name: workload-socket
          mountPath: /var/run/secrets/workload-spiffe-uds
        {{- if eq $global.pilotCertProvider "istiod" }}
        - name: istiod-ca-cert
          mountPath: /var/run/secrets/istio
        {{- end }}
        - name: istio-data
          mountPath: /var/lib/istio/data
        - name: istio-envoy
          mountPath: /etc/istio/proxy
        - name: istio-token
          mountPath: /var/run/secrets/tokens
        - name: istio-podinfo
          mountPath: /etc/istio/pod
      volumes:
      - name: workload-socket
        emptyDir: {}
      - name: istio-envoy
        emptyDir:
          medium: Memory
      - name: go-proxy-envoy
        emptyDir:
          medium: Memory
      - name: istio-data
        emptyDir: {}
      - name: go-proxy-data
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
      {{- with $global.imagePullSecrets }}
      imagePullSecrets:
        {{- range . }}
      - name: {{ . | quote }}
        {{- end }}
      {{- end }}
---
{{- /* Under this address the gateway is reached. */}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .DeploymentName | quote }}
  namespace: {{ .Namespace | quote }}
  annotations: {{- toJsonMap (strdict "networking.istio.io/traffic-distribution" "PreferClose") $annotations | nindent 4 }}
  labels: {{- toJsonMap .InfrastructureLabels (strdict "gateway.networking.k8s.io/gateway-name" .Name "gateway.networking.k8s.io/gateway-class-name" .GatewayClass) | nindent 4 }}
  ownerReferences:
  - apiVersion: gateway.networking.k8s.io/v1beta1
    kind: Gateway
    name: {{ .Name | quote }}
    uid: {{ .UID | quote }}
spec:
  ipFamilyPolicy: PreferDualStack
  ports:
  {{- range .Ports }}
  - name: {{ .Name | quote }}
    port: {{ .Port }}
    protocol: TCP
    appProtocol: {{ .AppProtocol }}
  {{- end }}
  selector:
    {{ .GatewayNameLabel | quote }}: {{ .Name | quote }}
  {{- if and .Spec.Addresses (eq .ServiceType "LoadBalancer") }}
  loadBalancerIP: {{ (index .Spec.Addresses 0).Value | quote }}
  {{- end }}
  type: {{ .ServiceType | quote }}
---
{{- /* One replica, unless the Gateway's parametersRef says more; istiod drops it when nothing is said. */}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .DeploymentName | quote }}
  namespace: {{ .Namespace | quote }}
  annotations: {{- toJsonMap $annotations | nindent 4 }}
  labels: {{- toJsonMap .InfrastructureLabels (strdict "gateway.networking.k8s.io/gateway-name" .Name "gateway.networking.k8s.io/gateway-class-name" .GatewayClass) | nindent 4 }}
  ownerReferences:
  - apiVersion: gateway.networking.k8s.io/v1beta1
    kind: Gateway
    name: {{ .Name | quote }}
    uid: {{ .UID | quote }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ .DeploymentName | quote }}
  maxReplicas: 1
---
{{- /* How many of its pods may go at once; istiod drops it when the Gateway's parametersRef says nothing. */}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .DeploymentName | quote }}
  namespace: {{ .Namespace | quote }}
  annotations: {{- toJsonMap $annotations | nindent 4 }}
  labels: {{- toJsonMap .InfrastructureLabels (strdict "gateway.networking.k8s.io/gateway-name" .Name "gateway.networking.k8s.io/gateway-class-name" .GatewayClass) | nindent 4 }}
  ownerReferences:
  - apiVersion: gateway.networking.k8s.io/v1beta1
    kind: Gateway
    name: {{ .Name | quote }}
    uid: {{ .UID | quote }}
spec:
  selector:
    matchLabels:
      gateway.networking.k8s.io/gateway-name: {{ .Name | quote }}
`;
