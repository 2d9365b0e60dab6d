import { gatewayLogLevels, jsonLogs, outlierLog, tokenServicePort } from './blocks/arguments';
import { gatewayVariables, imagePullPolicy, imagePullSecrets, proxyImage } from './blocks/common-values';
import * as environment from './blocks/environment';
import { goTemplateText } from './blocks/go-template-text';
import {
  gatewayNameLabel,
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
import { lowPorts, noPrivileges } from './blocks/security-context';
import * as volumes from './blocks/volumes';

/**
 * The template named `kube-gateway`: what istiod makes of a Gateway API `Gateway` of class `istio`, as several documents:
 * service account, Deployment, Service, and autoscaler and disruption budget for those who ask for them.
 *
 * Source: https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export const kubeGateway = goTemplateText`
${gatewayVariables}
${managedServiceAccount(gatewayNameLabel)}
---
${managedDeployment({ labels: `${gatewayNameLabel} "gateway.istio.io/managed" "istio.io-gateway-controller"`, podLabels: '"sidecar.istio.io/inject" "false"' })}
      ${lowPorts(6)}
      serviceAccountName: {{ .ServiceAccount | quote }}
      ${nodePlacement('gateway')}
      {{- with .Values.global.gateway.terminationGracePeriodSeconds }}
      terminationGracePeriodSeconds: {{ . }}
      {{- end }}
      containers:
      - name: istio-proxy
        ${proxyImage}
        ${gatewayResources('$proxy.resources')}
        ${imagePullPolicy}
        ${noPrivileges}
          runAsUser: {{ .ProxyUID | default "1337" }}
          runAsGroup: {{ .ProxyGID | default "1337" }}
        ports:
        ${agentPorts}
        ${envoyStatisticsPort}
        args:
        - proxy
        - router
        - --domain
        - {{ printf "$(POD_NAMESPACE).svc.%s" $proxy.clusterDomain | quote }}
        ${gatewayLogLevels}
        ${tokenServicePort}
        ${jsonLogs}
        ${outlierLog}
        {{- with $proxy.lifecycle }}
        lifecycle: {{- toYaml . | nindent 10 }}
        {{- end }}
        env:
        ${environment.certificateSource}
        ${environment.podIdentity}
        ${environment.istioCpuLimit}
        {{- /* How the proxy is configured; no application runs beside it. */}}
        ${environment.proxyConfig}
        - name: ISTIO_META_POD_PORTS
          value: "[]"
        - name: ISTIO_META_APP_CONTAINERS
          value: ""
        ${environment.goLimits}
        ${environment.compliancePolicy}
        - name: ISTIO_META_CLUSTER_ID
          value: {{ valueOrDefault $global.multiCluster.clusterName .ClusterID | quote }}
        ${environment.nodeName}
        - name: ISTIO_META_INTERCEPTION_MODE
          value: {{ .ProxyConfig.InterceptionMode.String | quote }}
        ${environment.gatewayNetwork('ISTIO_META_NETWORK')}
        ${environment.gatewayOwner}
        ${environment.meshId}
        ${environment.trustDomain}
        ${environment.proxyMetadata}
        {{- with index .InfrastructureLabels "topology.istio.io/network" }}
        - name: ISTIO_META_REQUESTED_NETWORK_VIEW
          value: {{ . | quote }}
        {{- end }}
        {{- /* Ready when Envoy has its configuration; the startup probe asks every second so that little time is lost. */}}
        ${gatewayProbes}
        volumeMounts:
        {{- /* Sockets and certificates of the workload's identity. */}}
        ${volumes.workloadSocketMount}
        ${volumes.credentialSocketMount}
        ${volumes.certificateMount(volumes.gkeCertificate)}
        ${volumes.rootCertificateMount}
        ${volumes.dataMount}
        ${volumes.sharedMount('istio-envoy')}
        ${volumes.tokenMount}
        ${volumes.podInfoMount}
      volumes:
      - name: workload-socket
        emptyDir: {}
      - name: credential-socket
        emptyDir: {}
      ${volumes.certificateVolume(volumes.gkeCertificate, 'emptyDir: {}')}
      ${volumes.sharedVolume('istio-envoy')}
      ${volumes.dataVolume}
      ${volumes.podInfoVolume}
      ${volumes.tokenVolume('istio-token')}
      ${volumes.rootCertificateVolume}
      ${imagePullSecrets}
---
${managedService({ labels: gatewayNameLabel })}
---
${managedAutoscaler(gatewayNameLabel)}
---
${managedDisruptionBudget(gatewayNameLabel)}
`;
