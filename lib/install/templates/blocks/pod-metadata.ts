import { goTemplateText } from './go-template-text';

/** The name and revision under which a pod's telemetry appears. */
export const canonicalLabels = goTemplateText`
service.istio.io/canonical-name: {{ index $labels "service.istio.io/canonical-name" | default (index $labels "app.kubernetes.io/name") | default (index $labels "app") | default .DeploymentMeta.Name | trunc 63 | trimSuffix "-" | quote }}
service.istio.io/canonical-revision: {{ index $labels "service.istio.io/canonical-revision" | default (index $labels "app.kubernetes.io/version") | default (index $labels "version") | default "latest" | quote }}
`;

/** The container that kubectl logs and exec go to, from a variable that holds the names of the pod's containers. */
export const defaultContainer = (names: string): string => goTemplateText`
{{- if ${names} }}
  {{- if not (isset $annotations "kubectl.kubernetes.io/default-logs-container") }}
kubectl.kubernetes.io/default-logs-container: {{ first ${names} | quote }}
  {{- end }}
  {{- if not (isset $annotations "kubectl.kubernetes.io/default-container") }}
kubectl.kubernetes.io/default-container: {{ first ${names} | quote }}
  {{- end }}
{{- end }}
`;
