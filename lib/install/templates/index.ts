import { agentgateway } from './agentgateway';
import { gateway } from './gateway';
import { grpcAgent } from './grpc-agent';
import { grpcSimple } from './grpc-simple';
import { kubeGateway } from './kube-gateway';
import { sidecar } from './sidecar';
import { waypoint } from './waypoint';

/**
 * The injector's templates by the name istiod knows them by: Go template text, ready for the `templates` of the ConfigMap
 * `istio-sidecar-injector`. `sidecar`, `gateway`, `grpc-simple` and `grpc-agent` are merged onto pods; `kube-gateway`,
 * `waypoint` and `agentgateway` become the objects behind a Gateway API `Gateway`.
 */
export const injectionTemplates: Readonly<Record<string, string>> = {
  sidecar: `${sidecar}\n`,
  gateway: `${gateway}\n`,
  'grpc-simple': `${grpcSimple}\n`,
  'grpc-agent': `${grpcAgent}\n`,
  waypoint: `${waypoint}\n`,
  'kube-gateway': `${kubeGateway}\n`,
  agentgateway: `${agentgateway}\n`,
};
