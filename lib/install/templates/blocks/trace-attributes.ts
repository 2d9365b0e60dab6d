import { goTemplateText } from './go-template-text';

/** The variable `$attributes`: resource attributes of traces, as OpenTelemetry names services. */
export const traceAttributes = goTemplateText`
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
`;
