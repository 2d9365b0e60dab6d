/**
 * The template named `agentgateway`: what istiod makes of a Gateway API `Gateway` of class `istio-agentgateway`, a gateway
 * for AI agents in place of Envoy.
 *
 * Source: https://agentgateway.dev
 */
export const agentgateway = String.raw`
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
  labels: {{- toJsonMap .InfrastructureLabels (strdict "gateway.networking.k8s.io/gateway-name" .Name "gateway.networking.k8s.io/gateway-class-name" .GatewayClass "gateway.istio.io/managed" "istio.io-agentgateway-controller") | nindent 4 }}
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
      labels: {{- toJsonMap (strdict "sidecar.istio.io/inject" "false" "service.istio.io/canonical-name" .DeploymentName "service.istio.io/canonical-revision" "latest") .InfrastructureLabels (strdict "gateway.networking.k8s.io/gateway-name" .Name "gateway.networking.k8s.io/gateway-class-name" .GatewayClass "gateway.istio.io/managed" "istio.io-agentgateway-controller") | nindent 8 }}
    spec:
      {{- /* Low ports for a proxy that is not root: the kernel lets everyone in this pod bind them. */}}
      {{- if .Values.gateways.securityContext }}
      securityContext: {{- toYaml .Values.gateways.securityContext | nindent 8 }}
      {{- else }}
      securityContext:
        sysctls:
        - name: net.ipv4.ip_unprivileged_port_start
          value: "0"
        {{- with .Values.gateways.seccompProfile }}
        seccompProfile: {{- toYaml . | nindent 10 }}
        {{- end }}
      {{- end }}
      serviceAccountName: {{ .ServiceAccount | quote }}
      containers:
      - name: agentgateway
        {{- $image := annotation .ObjectMeta "gateway.istio.io/agentgatewayImage" (valueOrDefault ($global.agentgateway).image "") }}
        image: {{ if contains "/" $image }}{{ $image | quote }}{{ else }}{{ .AgentgatewayImage | quote }}{{ end }}
        {{- with $proxy.resources }}
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
        {{- with $global.imagePullPolicy }}
        imagePullPolicy: {{ . | quote }}
        {{- end }}
        securityContext:
          allowPrivilegeEscalation: false
          privileged: false
          capabilities:
            drop:
            - ALL
          readOnlyRootFilesystem: true
          runAsNonRoot: true
          runAsUser: {{ .ProxyUID | default "10101" }}
          runAsGroup: {{ .ProxyGID | default "10101" }}
        ports:
        - containerPort: 15020
          name: metrics
          protocol: TCP
        - containerPort: 15021
          name: status-port
          protocol: TCP
        {{- /* Nothing local: all of its configuration comes from istiod. */}}
        args:
        - --config
        - "{}"
        {{- with $proxy.lifecycle }}
        lifecycle: {{- toYaml . | nindent 10 }}
        {{- end }}
        env:
        {{- /* Who and where this pod is. */}}
        - name: POD_NAME
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        - name: POD_NAMESPACE
          valueFrom:
            fieldRef:
              fieldPath: metadata.namespace
        - name: NAMESPACE
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
        - name: CPU_LIMIT
          valueFrom:
            resourceFieldRef:
              resource: limits.cpu
              divisor: "1"
        - name: GATEWAY
          value: {{ .Name | quote }}
        - name: RUST_BACKTRACE
          value: "1"
        - name: CLUSTER_ID
          value: {{ valueOrDefault $global.multiCluster.clusterName .ClusterID | quote }}
        {{- with valueOrDefault (index .InfrastructureLabels "topology.istio.io/network") $global.network }}
        - name: NETWORK
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
        - name: XDS_ADDRESS
          value: {{ .ProxyConfig.DiscoveryAddress | quote }}
        {{- /* Ready when it has its configuration; the startup probe asks every second so that little time is lost. */}}
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
        volumeMounts:
        - name: istiod-ca-cert
          mountPath: /var/run/secrets/xds
        - name: istio-token
          mountPath: /var/run/secrets/xds-tokens
        - name: tmp
          mountPath: /tmp
      volumes:
      - name: tmp
        emptyDir: {}
      - name: istio-token
        projected:
          sources:
          - serviceAccountToken:
              path: xds-token
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
  annotations: {{- toJsonMap $annotations | nindent 4 }}
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
