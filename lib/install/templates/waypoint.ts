import { gatewayLogLevels, jsonLogs, outlierLog } from './blocks/arguments';
import { gatewayVariables, imagePullPolicy, imagePullSecrets, proxyImage } from './blocks/common-values';
import * as environment from './blocks/environment';
import { goTemplateText } from './blocks/go-template-text';
import {
  gatewayNameAndClassLabels,
  managedAutoscaler,
  managedDeployment,
  managedDisruptionBudget,
  managedService,
  managedServiceAccount,
  nodePlacement,
} from './blocks/managed-gateway';
import { agentPorts, envoyStatisticsPort } from './blocks/ports';
import { gatewayProbes } from './blocks/probes';
import { gatewayResources } from './blocks/resources';
import { noPrivileges } from './blocks/security-context';
import * as volumes from './blocks/volumes';

/**
 * The template named `waypoint`: what istiod makes of a Gateway API `Gateway` of class `istio-waypoint`, the proxy that
 * handles HTTP for a namespace or service in ambient mode.
 *
 * Source: https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export const waypoint = goTemplateText`
${gatewayVariables}
${managedServiceAccount(gatewayNameAndClassLabels)}
---
${managedDeployment({ labels: `${gatewayNameAndClassLabels} "gateway.istio.io/managed" .ControllerLabel`, podLabels: '"sidecar.istio.io/inject" "false" "istio.io/dataplane-mode" "none"' })}
      ${nodePlacement('waypoint')}
      serviceAccountName: {{ .ServiceAccount | quote }}
      containers:
      - name: istio-proxy
        ports:
        ${agentPorts}
        ${envoyStatisticsPort}
        ${proxyImage}
        ${imagePullPolicy}
        args:
        - proxy
        - waypoint
        - --domain
        - {{ printf "$(POD_NAMESPACE).svc.%s" $proxy.clusterDomain | quote }}
        - --serviceCluster
        - {{ printf "%s.$(POD_NAMESPACE)" .ServiceAccount | quote }}
        ${gatewayLogLevels}
        ${jsonLogs}
        ${outlierLog}
        env:
        ${environment.metaServiceAccount}
        ${environment.nodeName}
        ${environment.certificateSource}
        ${environment.podIdentity}
        ${environment.istioCpuLimit}
        {{- /* How the proxy is configured. */}}
        ${environment.proxyConfig}
        ${environment.proxyMetadata}
        ${environment.goLimits}
        ${environment.compliancePolicy}
        ${environment.clusterId}
        ${environment.gatewayNetwork('ISTIO_META_NETWORK')}
        - name: ISTIO_META_INTERCEPTION_MODE
          value: REDIRECT
        ${environment.gatewayOwner}
        ${environment.meshId}
        ${environment.trustDomain}
        ${gatewayResources('$global.waypoint.resources')}
        {{- /* Ready when Envoy has its configuration; the startup probe asks every second so that little time is lost. */}}
        ${gatewayProbes}
        {{- /* OpenShift gives each namespace its own range of users. */}}
        ${noPrivileges}
          {{- if ne (valueOrDefault $global.platform "") "openshift" }}
          runAsUser: 1337
          runAsGroup: 1337
          {{- end }}
          {{- with .Values.gateways.seccompProfile }}
          seccompProfile: {{- toYaml . | nindent 12 }}
          {{- end }}
        volumeMounts:
        ${volumes.workloadSocketMount}
        ${volumes.rootCertificateMount}
        ${volumes.dataMount}
        ${volumes.sharedMount('istio-envoy')}
        ${volumes.tokenMount}
        ${volumes.podInfoMount}
      volumes:
      - name: workload-socket
        emptyDir: {}
      ${volumes.sharedVolume('istio-envoy')}
      - name: go-proxy-envoy
        emptyDir:
          medium: Memory
      ${volumes.dataVolume}
      - name: go-proxy-data
        emptyDir: {}
      ${volumes.podInfoVolume}
      ${volumes.tokenVolume('istio-token')}
      ${volumes.rootCertificateVolume}
      ${imagePullSecrets}
---
${managedService({ labels: gatewayNameAndClassLabels, annotations: '(strdict "networking.istio.io/traffic-distribution" "PreferClose") $annotations' })}
---
${managedAutoscaler(gatewayNameAndClassLabels)}
---
${managedDisruptionBudget(gatewayNameAndClassLabels)}
`;
