import { goTemplateText } from './go-template-text';

/** The security context of a sidecar, at depth 4. */
export const proxySecurity = goTemplateText`
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
`;
