import { goTemplateText } from './go-template-text';

/** The cluster's domain and the levels of the logs, which a pod may steer by annotation. */
export const domainAndLogLevels = goTemplateText`
- --domain
- {{ printf "$(POD_NAMESPACE).svc.%s" $proxy.clusterDomain | quote }}
- {{ printf "--proxyLogLevel=%s" (annotation .ObjectMeta "sidecar.istio.io/logLevel" $proxy.logLevel) | quote }}
- {{ printf "--proxyComponentLogLevel=%s" (annotation .ObjectMeta "sidecar.istio.io/componentLogLevel" $proxy.componentLogLevel) | quote }}
- {{ printf "--log_output_level=%s" (annotation .ObjectMeta "sidecar.istio.io/agentLogLevel" $global.logging.level) | quote }}
`;

/** The levels of the logs in the spelling of a managed gateway: flag and level as two arguments. */
export const gatewayLogLevels = goTemplateText`
- --proxyLogLevel
- {{ annotation .ObjectMeta "sidecar.istio.io/logLevel" $proxy.logLevel | quote }}
- --proxyComponentLogLevel
- {{ annotation .ObjectMeta "sidecar.istio.io/componentLogLevel" $proxy.componentLogLevel | quote }}
- --log_output_level
- {{ annotation .ObjectMeta "sidecar.istio.io/agentLogLevel" $global.logging.level | quote }}
`;

/** The port of the token service, where there is one. */
export const tokenServicePort = goTemplateText`
{{- with $global.sts.servicePort }}
- "--stsPort={{ . }}"
{{- end }}
`;

/** Logs as JSON. */
export const jsonLogs = goTemplateText`
{{- if $global.logAsJson }}
- "--log_as_json"
{{- end }}
`;

/** The file that ejections of outlier detection are logged to. */
export const outlierLog = goTemplateText`
{{- with $proxy.outlierLogPath }}
- {{ printf "--outlierLogPath=%s" . | quote }}
{{- end }}
`;
