import { goTemplateText } from './go-template-text';

/** The port that Envoy's statistics are read from. */
export const envoyStatisticsPort = goTemplateText`
- containerPort: 15090
  name: http-envoy-prom
  protocol: TCP
`;

/** The ports of a managed gateway's agent: metrics and status. */
export const agentPorts = goTemplateText`
- containerPort: 15020
  name: metrics
  protocol: TCP
- containerPort: 15021
  name: status-port
  protocol: TCP
`;
