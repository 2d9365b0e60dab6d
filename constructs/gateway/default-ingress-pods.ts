import type { IConstruct } from 'constructs';
import { ISTIO_INGRESS_PODS, type ExistingGatewayPods } from '../../lib/targets';
import { MeshChart } from '../chart';

/**
 * Pods for a gateway that whoever installed the mesh runs: nothing where the mesh around `scope` says which ingress
 * gateways it has, else those of Istio's profiles default and demo.
 */
export function defaultIngressPods(scope: IConstruct): ExistingGatewayPods | undefined {
  const gateways = MeshChart.meshOf(scope)?.settings.gateways ?? [];
  return gateways.some(({ kind }) => kind === 'ingress') ? undefined : ISTIO_INGRESS_PODS;
}
