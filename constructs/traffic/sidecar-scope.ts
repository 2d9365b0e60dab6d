import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { SidecarSpec } from '../../lib/api';
import { scopeHosts } from '../../lib/traffic';
import { Sidecar } from '../api';
import { MeshChart } from '../chart';
import type { ServiceRef } from '../host';

/** Properties of a {@link SidecarScope}. */
export interface SidecarScopeProps {
  /**
   * Labels of the pods it is for.
   *
   * @default - every pod of the namespace
   */
  readonly workload?: Readonly<Record<string, string>>;
  /** The services they call. */
  readonly calls: readonly ServiceRef[];
  /**
   * Namespaces all of whose services are known too.
   *
   * @default - that of the control plane, where telemetry goes
   */
  readonly namespaces?: readonly string[];
  /**
   * Whether calls to hosts nobody declared are blocked (502, BlackHoleCluster) or passed on.
   *
   * @default - as the mesh does
   */
  readonly unknownHosts?: 'block' | 'pass';
}

/**
 * What the proxies of a namespace, or of some of its pods, know of the mesh: the services they call and no others. In a
 * large mesh that is most of the difference in memory and in updates.
 *
 * Becomes a Sidecar: named `default` for a namespace. A namespace has one without `workload`.
 *
 * @example
 * new SidecarScope(shop, 'reviews-scope', { workload: { app: 'reviews' }, calls: [ratings] });
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class SidecarScope extends Construct {
  /** The Sidecar object. */
  readonly sidecar: Sidecar;

  constructor(scope: Construct, id: string, props: SidecarScopeProps) {
    super(scope, id);
    const { workload, calls, unknownHosts } = props;
    const mesh = MeshChart.meshOf(this)?.settings;
    const namespaces = props.namespaces ?? [mesh?.namespace ?? 'istio-system'];
    const hosts = calls.map((service) => service.traffic(this).host);
    const spec: SidecarSpec = {
      ...(workload === undefined ? {} : { workloadSelector: { labels: workload } }),
      egress: scopeHosts(hosts, namespaces),
      ...(unknownHosts === undefined
        ? {}
        : { outboundTrafficPolicy: { mode: unknownHosts === 'block' ? 'REGISTRY_ONLY' : 'ALLOW_ANY' } }),
    };
    this.sidecar = new Sidecar(this, 'sidecar', {
      metadata: { name: workload === undefined ? 'default' : id, namespace: Chart.of(this).namespace ?? 'default' },
      spec,
    });
  }
}
