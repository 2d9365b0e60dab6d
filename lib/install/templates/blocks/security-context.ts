import { goTemplateText } from './go-template-text';

/** The security context of a gateway's pod, at the depth given. */
export const lowPorts = (depth: number): string => goTemplateText`
{{- /* Low ports for a proxy that is not root: the kernel lets everyone in this pod bind them. */}}
{{- if .Values.gateways.securityContext }}
securityContext: {{- toYaml .Values.gateways.securityContext | nindent ${depth + 2} }}
{{- else }}
securityContext:
  sysctls:
  - name: net.ipv4.ip_unprivileged_port_start
    value: "0"
  {{- with .Values.gateways.seccompProfile }}
  seccompProfile: {{- toYaml . | nindent ${depth + 4} }}
  {{- end }}
{{- end }}
`;

/** The part of a container's security context that holds for every managed gateway. */
export const noPrivileges = goTemplateText`
securityContext:
  allowPrivilegeEscalation: false
  privileged: false
  capabilities:
    drop:
    - ALL
  readOnlyRootFilesystem: true
  runAsNonRoot: true
`;

/** The group of mounted files, on clusters that still need it. */
export const legacyFsGroup = goTemplateText`
{{- if eq (env "ENABLE_LEGACY_FSGROUP_INJECTION" "false") "true" }}
securityContext:
  fsGroup: 1337
{{- end }}
`;
