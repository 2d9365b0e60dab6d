import { goTemplateText } from './go-template-text';

const statusEndpoint = (port: number): string => goTemplateText`
httpGet:
  path: /healthz/ready
  port: ${port}
`;

/** Readiness of a container whose pod may steer the probe by annotation. */
export const annotatedReadinessProbe = (port: number): string => goTemplateText`
readinessProbe:
  ${statusEndpoint(port)}
  initialDelaySeconds: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/initialDelaySeconds" $proxy.readinessInitialDelaySeconds }}
  periodSeconds: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/periodSeconds" $proxy.readinessPeriodSeconds }}
  timeoutSeconds: 3
  failureThreshold: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/failureThreshold" $proxy.readinessFailureThreshold }}
`;

/** Readiness by the mesh's values alone. */
export const readinessProbe = goTemplateText`
readinessProbe:
  ${statusEndpoint(15021)}
  initialDelaySeconds: {{ $proxy.readinessInitialDelaySeconds }}
  periodSeconds: {{ $proxy.readinessPeriodSeconds }}
  timeoutSeconds: 3
  failureThreshold: {{ $proxy.readinessFailureThreshold }}
`;

/** Startup and readiness of a managed gateway. */
export const gatewayProbes = goTemplateText`
startupProbe:
  ${statusEndpoint(15021)}
    scheme: HTTP
  initialDelaySeconds: 1
  periodSeconds: 1
  timeoutSeconds: 1
  successThreshold: 1
  failureThreshold: 30
readinessProbe:
  ${statusEndpoint(15021)}
    scheme: HTTP
  initialDelaySeconds: 0
  periodSeconds: 15
  timeoutSeconds: 1
  successThreshold: 1
  failureThreshold: 4
`;
