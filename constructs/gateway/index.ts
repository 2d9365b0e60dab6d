export { defaultIngressPods } from './default-ingress-pods';
export { EgressGateway, type EgressGatewayProps } from './egress-gateway';
export type { GatewayPodOptions } from './gateway-chart';
export { IngressGateway } from './ingress-gateway';
export type { DelegateOptions, ExposeOptions, ExposeTcpOptions, IngressGatewayProps } from './ingress-gateway-props';
