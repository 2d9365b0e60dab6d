import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  gatewayObjects,
  type GatewayOptions,
  type MeshGateway,
  meshGatewayOf,
  type MeshRef,
  type MeshSettings,
} from '../../lib/install';
import { MeshChart } from '../chart';
import { setPhase } from '../tree';

/** The chart of a gateway that is made outside of one. Several gateways may share a namespace; one of them makes it. */
export function gatewayChart(scope: Construct, mesh: MeshRef | undefined, namespace: string): Chart {
  if (mesh === undefined) return new Chart(scope, 'chart', { namespace, disableResourceNameHashes: true });
  const chart = new MeshChart(scope, 'chart', { mesh, namespace, createNamespace: false });
  chart.makeNamespaceUnlessMade();
  return chart;
}

/** How the pods of a gateway run; the name is the construct's, the namespace that of its chart. */
export type GatewayPodOptions = Omit<GatewayOptions, 'name' | 'namespace' | 'kind'>;

/** Makes the objects of a gateway's own pods, and tells how an Istio `Gateway` selects them. */
export function addGatewayPods(home: Construct, options: GatewayOptions, mesh: MeshSettings): MeshGateway {
  for (const { object, phase } of gatewayObjects(options, mesh)) {
    const made = new ApiObject(home, `${object.kind}-${object.metadata.name}`.toLowerCase(), object);
    setPhase(made, phase);
  }
  return meshGatewayOf(options, mesh);
}
