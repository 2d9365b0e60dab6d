import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { MeshRef } from '../../lib/install';
import { MeshChart } from '../chart';

/** The chart of a gateway that is made outside of one. Several gateways may share a namespace; one of them makes it. */
export function edgeChart(scope: Construct, mesh: MeshRef | undefined, namespace: string): Chart {
  if (mesh === undefined) return new Chart(scope, 'chart', { namespace, disableResourceNameHashes: true });
  const chart = new MeshChart(scope, 'chart', { mesh, namespace, createNamespace: false });
  chart.makeNamespaceUnlessMade();
  return chart;
}
