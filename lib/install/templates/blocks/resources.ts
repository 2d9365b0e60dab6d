import { goTemplateText } from './go-template-text';

/** Defines the template "resources": CPU and memory of a container that pods may steer by annotation, at depth 4. */
export const annotatedResources = goTemplateText`
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
`;

/** CPU and memory of the only container of a gateway's pod, from the mesh's values, at depth 8. */
export const gatewayResources = (amounts: string): string => goTemplateText`
{{- with ${amounts} }}
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
`;
