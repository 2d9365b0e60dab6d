import { agentgateway } from './agentgateway';
import { gateway } from './gateway';
import { grpcAgent } from './grpc-agent';
import { grpcSimple } from './grpc-simple';
import { kubeGateway } from './kube-gateway';
import { sidecar } from './sidecar';
import { waypoint } from './waypoint';

/** Without the line break that the literal begins with, for a ConfigMap shows the text as a block only then. */
const fromFirstLine = (text: string): string => text.replace(/^\n/, '');

/**
 * The injector's templates by the name istiod knows them by: Go template text, ready for the `templates` of the ConfigMap
 * `istio-sidecar-injector`. `sidecar`, `gateway`, `grpc-simple` and `grpc-agent` are merged onto pods; `kube-gateway`,
 * `waypoint` and `agentgateway` become the objects behind a Gateway API `Gateway`.
 */
export const injectionTemplates: Readonly<Record<string, string>> = {
  sidecar: fromFirstLine(sidecar),
  gateway: fromFirstLine(gateway),
  'grpc-simple': fromFirstLine(grpcSimple),
  'grpc-agent': fromFirstLine(grpcAgent),
  waypoint: fromFirstLine(waypoint),
  'kube-gateway': fromFirstLine(kubeGateway),
  agentgateway: fromFirstLine(agentgateway),
};
