import { jsonLogs } from './arguments';
import { imagePullPolicy } from './common-values';
import { goTemplateText } from './go-template-text';

/** Variables: what goes in and out through the proxy, and what passes by. */
export const captureVariables = goTemplateText`
{{- /* Traffic capture: what goes in and out through the proxy, and what passes by. */ -}}
{{- $outboundRanges := annotation .ObjectMeta "traffic.sidecar.istio.io/includeOutboundIPRanges" $proxy.includeIPRanges }}
{{- $notOutboundRanges := annotation .ObjectMeta "traffic.sidecar.istio.io/excludeOutboundIPRanges" $proxy.excludeIPRanges }}
{{- $inboundPorts := annotation .ObjectMeta "traffic.sidecar.istio.io/includeInboundPorts" $proxy.includeInboundPorts }}
{{- $notInboundPorts := excludeInboundPort $statusPort (annotation .ObjectMeta "traffic.sidecar.istio.io/excludeInboundPorts" $proxy.excludeInboundPorts) }}
{{- $outboundPorts := annotation .ObjectMeta "traffic.sidecar.istio.io/includeOutboundPorts" (valueOrDefault $proxy.includeOutboundPorts "") }}
{{- $hasOutboundPorts := or (isset $annotations "traffic.sidecar.istio.io/includeOutboundPorts") (ne $outboundPorts "") }}
{{- $notOutboundPorts := annotation .ObjectMeta "traffic.sidecar.istio.io/excludeOutboundPorts" (valueOrDefault $proxy.excludeOutboundPorts "") }}
{{- $hasNotOutboundPorts := or (isset $annotations "traffic.sidecar.istio.io/excludeOutboundPorts") (ne $notOutboundPorts "") }}
`;

/** Annotations that tell the CNI agent how traffic is captured, at depth 4. */
export const captureAnnotations = goTemplateText`
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
`;

/** The init container that captures traffic, or checks that CNI did, at depth 2. */
export const captureContainer = goTemplateText`
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
  ${jsonLogs}
  {{- if $cni }}
  - "--run-validation"
  - "--skip-rule-apply"
  {{- else if $global.proxy_init.forceApplyIptables }}
  - "--force-apply"
  {{- end }}
  {{- if $global.nativeNftables }}
  - "--native-nftables"
  {{- end }}
  ${imagePullPolicy}
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
`;
