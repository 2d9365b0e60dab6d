import { goTemplateText } from './blocks/go-template-text';

/** The sign that starts a shell variable, and a substitution in TypeScript. */
const dollar = '$';

/**
 * The template named `grpc-simple`: gRPC applications that speak xDS themselves, with a bootstrap file and no proxy.
 *
 * Source: https://istio.io/latest/blog/2021/proxyless-grpc/
 */
export const grpcSimple = goTemplateText`
{{- /* The application answers its probes itself, for there is no agent to answer them. */ -}}
metadata:
  annotations:
    sidecar.istio.io/rewriteAppHTTPProbers: "false"
spec:
  {{- /* Writes the file that tells a gRPC library where istiod is and who it is itself. */}}
  initContainers:
  - name: grpc-bootstrap-init
    image: busybox:1.28
    command:
    - sh
    - "-c"
    - |-
      NODE_ID="sidecar~${dollar}{INSTANCE_IP}~${dollar}{POD_NAME}.${dollar}{POD_NAMESPACE}~cluster.local"
      SERVER_URI="dns:///istiod.${dollar}{ISTIO_NAMESPACE}.svc:15010"
      echo '
      {
        "xds_servers": [
          {
            "server_uri": "'${dollar}{SERVER_URI}'",
            "channel_creds": [{"type": "insecure"}],
            "server_features" : ["xds_v3"]
          }
        ],
        "node": {
          "id": "'${dollar}{NODE_ID}'",
          "metadata": {
            "GENERATOR": "grpc"
          }
        }
      }' > /var/lib/grpc/data/bootstrap.json
    env:
    - name: INSTANCE_IP
      valueFrom:
        fieldRef:
          fieldPath: status.podIP
    - name: POD_NAME
      valueFrom:
        fieldRef:
          fieldPath: metadata.name
    - name: POD_NAMESPACE
      valueFrom:
        fieldRef:
          fieldPath: metadata.namespace
    - name: ISTIO_NAMESPACE
      value: |
        {{ .Values.global.istioNamespace }}
    volumeMounts:
    - name: grpc-io-proxyless-bootstrap
      mountPath: /var/lib/grpc/data/
  {{- /* Every container of the application finds that file. */}}
  containers:
  {{- range .Spec.Containers }}
  - name: {{ .Name | quote }}
    env:
    - name: GRPC_XDS_BOOTSTRAP
      value: /var/lib/grpc/data/bootstrap.json
    - name: GRPC_GO_LOG_VERBOSITY_LEVEL
      value: "99"
    - name: GRPC_GO_LOG_SEVERITY_LEVEL
      value: info
    volumeMounts:
    - name: grpc-io-proxyless-bootstrap
      mountPath: /var/lib/grpc/data/
  {{- end }}
  volumes:
  - name: grpc-io-proxyless-bootstrap
    emptyDir: {}
`;
