import { goTemplateText } from './go-template-text';

/** The labels by which istiod finds what it made for a Gateway. */
export const gatewayNameLabel = '"gateway.networking.k8s.io/gateway-name" .Name';

/** The same, with the class. */
export const gatewayNameAndClassLabels = goTemplateText`${gatewayNameLabel} "gateway.networking.k8s.io/gateway-class-name" .GatewayClass`;

/** How an object made for a Gateway is called, labelled, and owned by it. */
export interface ManagedMetadata {
  /** The labels besides those of `spec.infrastructure`, as arguments of `strdict`. */
  readonly labels: string;
  /** @default - that of the Deployment */
  readonly name?: string;
  /** The maps that the annotations come from. @default - those of `spec.infrastructure` */
  readonly annotations?: string;
}

/** The metadata of an object that istiod makes for a Gateway, which is deleted with it. */
const managedMetadata = ({
  labels,
  name = '.DeploymentName',
  annotations = '$annotations',
}: ManagedMetadata): string => goTemplateText`
metadata:
  name: {{ ${name} | quote }}
  namespace: {{ .Namespace | quote }}
  annotations: {{- toJsonMap ${annotations} | nindent 4 }}
  labels: {{- toJsonMap .InfrastructureLabels (strdict ${labels}) | nindent 4 }}
  ownerReferences:
  - apiVersion: gateway.networking.k8s.io/v1beta1
    kind: Gateway
    name: {{ .Name | quote }}
    uid: {{ .UID | quote }}
`;

/** The ServiceAccount of a managed gateway. */
export const managedServiceAccount = (labels: string): string => goTemplateText`
{{- /* The identity of the gateway's pods. */}}
apiVersion: v1
kind: ServiceAccount
${managedMetadata({ name: '.ServiceAccount', labels })}
`;

/** The Service of a managed gateway. */
export const managedService = (metadata: ManagedMetadata): string => goTemplateText`
{{- /* Under this address the gateway is reached. */}}
apiVersion: v1
kind: Service
${managedMetadata(metadata)}
spec:
  ipFamilyPolicy: PreferDualStack
  ports:
  {{- range .Ports }}
  - name: {{ .Name | quote }}
    port: {{ .Port }}
    protocol: TCP
    appProtocol: {{ .AppProtocol }}
  {{- end }}
  selector:
    {{ .GatewayNameLabel | quote }}: {{ .Name | quote }}
  {{- if and .Spec.Addresses (eq .ServiceType "LoadBalancer") }}
  loadBalancerIP: {{ (index .Spec.Addresses 0).Value | quote }}
  {{- end }}
  type: {{ .ServiceType | quote }}
`;

/** The HorizontalPodAutoscaler of a managed gateway. */
export const managedAutoscaler = (labels: string): string => goTemplateText`
{{- /* One replica, unless the Gateway's parametersRef says more; istiod drops it when nothing is said. */}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
${managedMetadata({ labels })}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ .DeploymentName | quote }}
  maxReplicas: 1
`;

/** The PodDisruptionBudget of a managed gateway. */
export const managedDisruptionBudget = (labels: string): string => goTemplateText`
{{- /* How many of its pods may go at once; istiod drops it when the Gateway's parametersRef says nothing. */}}
apiVersion: policy/v1
kind: PodDisruptionBudget
${managedMetadata({ labels })}
spec:
  selector:
    matchLabels:
      gateway.networking.k8s.io/gateway-name: {{ .Name | quote }}
`;

/** A managed gateway's Deployment up to the spec of its pods; `podLabels` come before those of `spec.infrastructure`. */
export const managedDeployment = ({
  labels,
  podLabels,
}: {
  readonly labels: string;
  readonly podLabels: string;
}): string => goTemplateText`
{{- /* The gateway's pods. They carry their proxy already, so nothing injects them. */}}
apiVersion: apps/v1
kind: Deployment
${managedMetadata({ labels })}
spec:
  selector:
    matchLabels:
      {{ .GatewayNameLabel | quote }}: {{ .Name | quote }}
  template:
    metadata:
      annotations: {{- toJsonMap $annotations (strdict "istio.io/rev" (.Revision | default "default")) (strdict "prometheus.io/path" "/stats/prometheus" "prometheus.io/port" "15020" "prometheus.io/scrape" "true") | nindent 8 }}
      labels: {{- toJsonMap (strdict ${podLabels} "service.istio.io/canonical-name" .DeploymentName "service.istio.io/canonical-revision" "latest") .InfrastructureLabels (strdict ${labels}) | nindent 8 }}
    spec:
`;

/** On which nodes a managed gateway's pods run: values of the mesh under `global`, at depth 6. */
export const nodePlacement = (values: 'gateway' | 'waypoint'): string => goTemplateText`
{{- /* On which nodes they run. */}}
{{- with .Values.global.${values}.affinity }}
affinity: {{- toYaml . | nindent 8 }}
{{- end }}
{{- with .Values.global.${values}.topologySpreadConstraints }}
topologySpreadConstraints: {{- toYaml . | nindent 8 }}
{{- end }}
{{- with .Values.global.${values}.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 8 }}
{{- end }}
{{- with .Values.global.${values}.tolerations }}
tolerations: {{- toYaml . | nindent 8 }}
{{- end }}
`;
