import { goTemplateText } from './go-template-text';

/** The variables that every template merged onto a pod begins with. */
export const podVariables = goTemplateText`
{{- /* What several blocks below ask for. */ -}}
{{- $annotations := .ObjectMeta.Annotations }}
{{- $labels := .ObjectMeta.Labels }}
{{- $global := .Values.global }}
{{- $proxy := .Values.global.proxy }}
`;

/** The variables that every template of a Gateway API `Gateway` begins with. */
export const gatewayVariables = goTemplateText`
{{- /* What several objects below repeat. Annotations that only steer the making of them do not go on to them. */ -}}
{{- $annotations := omit .InfrastructureAnnotations "kubectl.kubernetes.io/last-applied-configuration" "gateway.istio.io/name-override" "gateway.istio.io/service-account" "gateway.istio.io/controller-version" }}
{{- $global := .Values.global }}
{{- $proxy := .Values.global.proxy }}
{{- $trustDomain := valueOrDefault .MeshConfig.TrustDomain $global.trustDomain }}
`;

/** The names of a pod's containers but the proxy's, in the variable given, and in `$ports` the ports of all as JSON. */
export const containersAndPorts = (names: string): string => goTemplateText`
{{- ${names} := list }}
{{- $ports := "[" }}
{{- $separator := "" }}
{{- range .Spec.Containers }}
  {{- if ne .Name "istio-proxy" }}{{ ${names} = append ${names} .Name }}{{ end }}
  {{- range .Ports }}
    {{- $ports = printf "%s\n    %s%s" $ports $separator (structToJSON .) }}
    {{- $separator = "," }}
  {{- end }}
{{- end }}
`;

/** The image of the proxy: the annotation's, the mesh's where it is a whole address, or the one istiod works out. */
export const proxyImage = goTemplateText`
{{- $image := annotation .ObjectMeta "sidecar.istio.io/proxyImage" $proxy.image }}
image: {{ if contains "/" $image }}{{ $image | quote }}{{ else }}{{ .ProxyImage | quote }}{{ end }}
`;

/** When the image is pulled, where the mesh says so. */
export const imagePullPolicy = goTemplateText`
{{- with $global.imagePullPolicy }}
imagePullPolicy: {{ . | quote }}
{{- end }}
`;

/** The secrets that images are pulled with. */
export const imagePullSecrets = goTemplateText`
{{- with $global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
- name: {{ . | quote }}
  {{- end }}
{{- end }}
`;
