export { EgressGateway, type EgressGatewayProps } from './egress-gateway';
export type { GatewayPodOptions } from './gateway-pods';
export {
  type DelegateOptions,
  type ExposeOptions,
  type ExposeTcpOptions,
  IngressGateway,
  type IngressGatewayProps,
} from './ingress-gateway';
