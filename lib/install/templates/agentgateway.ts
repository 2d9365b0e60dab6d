import { gatewayVariables, imagePullPolicy, imagePullSecrets } from './blocks/common-values';
import * as environment from './blocks/environment';
import { goTemplateText } from './blocks/go-template-text';
import {
  gatewayNameAndClassLabels,
  managedAutoscaler,
  managedDeployment,
  managedDisruptionBudget,
  managedService,
  managedServiceAccount,
} from './blocks/managed-gateway';
import { agentPorts } from './blocks/ports';
import { gatewayProbes } from './blocks/probes';
import { gatewayResources } from './blocks/resources';
import { lowPorts, noPrivileges } from './blocks/security-context';
import * as volumes from './blocks/volumes';

/**
 * The template named `agentgateway`: what istiod makes of a Gateway API `Gateway` of class `istio-agentgateway`, a gateway
 * for AI agents in place of Envoy.
 *
 * Source: https://agentgateway.dev
 */
export const agentgateway = goTemplateText`
${gatewayVariables}
${managedServiceAccount(gatewayNameAndClassLabels)}
---
${managedDeployment({ labels: `${gatewayNameAndClassLabels} "gateway.istio.io/managed" "istio.io-agentgateway-controller"`, podLabels: '"sidecar.istio.io/inject" "false"' })}
      ${lowPorts(6)}
      serviceAccountName: {{ .ServiceAccount | quote }}
      containers:
      - name: agentgateway
        {{- $image := annotation .ObjectMeta "gateway.istio.io/agentgatewayImage" (valueOrDefault ($global.agentgateway).image "") }}
        image: {{ if contains "/" $image }}{{ $image | quote }}{{ else }}{{ .AgentgatewayImage | quote }}{{ end }}
        ${gatewayResources('$proxy.resources')}
        ${imagePullPolicy}
        ${noPrivileges}
          runAsUser: {{ .ProxyUID | default "10101" }}
          runAsGroup: {{ .ProxyGID | default "10101" }}
        ports:
        ${agentPorts}
        {{- /* Nothing local: all of its configuration comes from istiod. */}}
        args:
        - --config
        - "{}"
        {{- with $proxy.lifecycle }}
        lifecycle: {{- toYaml . | nindent 10 }}
        {{- end }}
        env:
        ${environment.podNameAndNamespace}
        ${environment.plainNamespace}
        ${environment.addressAndAccount}
        ${environment.plainCpuLimit}
        - name: GATEWAY
          value: {{ .Name | quote }}
        - name: RUST_BACKTRACE
          value: "1"
        - name: CLUSTER_ID
          value: {{ valueOrDefault $global.multiCluster.clusterName .ClusterID | quote }}
        ${environment.gatewayNetwork('NETWORK')}
        ${environment.trustDomain}
        ${environment.proxyMetadata}
        - name: XDS_ADDRESS
          value: {{ .ProxyConfig.DiscoveryAddress | quote }}
        {{- /* Ready when it has its configuration; the startup probe asks every second so that little time is lost. */}}
        ${gatewayProbes}
        volumeMounts:
        - name: istiod-ca-cert
          mountPath: /var/run/secrets/xds
        - name: istio-token
          mountPath: /var/run/secrets/xds-tokens
        - name: tmp
          mountPath: /tmp
      volumes:
      - name: tmp
        emptyDir: {}
      ${volumes.tokenVolume('xds-token')}
      ${volumes.rootCertificateVolume}
      ${imagePullSecrets}
---
${managedService({ labels: gatewayNameAndClassLabels })}
---
${managedAutoscaler(gatewayNameAndClassLabels)}
---
${managedDisruptionBudget(gatewayNameAndClassLabels)}
`;
