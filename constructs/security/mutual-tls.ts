import { Construct, type IConstruct } from 'constructs';
import { checkMutualTls, lowerMutualTls, type MutualTlsData, type MutualTlsMode } from '../../lib/security';
import { nameOfTarget, type PolicyTarget } from '../../lib/targets';
import { addCheck } from '../tree';
import { PeerAuthentication } from '../api';
import { MeshChart } from '../chart';
import { MeshService } from '../service';
import { checkedTarget, type Target } from './policy-target';

/** A client outside the mesh, which speaks plain text. */
export interface PlainClient {
  /** What to call it in messages. */
  readonly name: string;
  /**
   * The port of the target it uses.
   *
   * @default - all ports
   */
  readonly port?: number;
}

/** Properties of a {@link MutualTls}. */
export interface MutualTlsProps {
  /**
   * What it holds for.
   *
   * @default 'namespace' - the namespace of the chart
   */
  readonly target?: Target;
  /** STRICT takes mutual TLS only, PERMISSIVE (Istio's default) either way, DISABLE plain connections only. */
  readonly mode: MutualTlsMode;
  /**
   * Exceptions by port of the service; only for single services.
   *
   * @default - none
   */
  readonly ports?: Readonly<Record<number, MutualTlsMode>>;
  /**
   * Clients that are known to speak plain text; STRICT on a port they use is then an error instead of an outage.
   *
   * @default - none
   */
  readonly plainClients?: readonly PlainClient[];
}

const declared = new WeakMap<IConstruct, MutualTlsData[]>();

/** What the app around a construct declares of mutual TLS. */
export function mutualTlsOf(scope: IConstruct): readonly MutualTlsData[] {
  return declared.get(scope.node.root) ?? [];
}

/**
 * Whether workloads take only mutual TLS. Clients in the mesh speak it by themselves where it is taken; only where the
 * mesh has automatic mutual TLS switched off, the client side is written out too.
 *
 * Becomes a PeerAuthentication: `default` for a namespace or the mesh, named after the service otherwise; and
 * `tls.mode: ISTIO_MUTUAL` in the service's DestinationRule where `enableAutoMtls` is false.
 *
 * @example
 * new MutualTls(shop, 'strict', { mode: 'STRICT' });
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class MutualTls extends Construct {
  /** The PeerAuthentication. */
  readonly peerAuthentication: PeerAuthentication;

  constructor(scope: Construct, id: string, props: MutualTlsProps) {
    super(scope, id);
    const { target: wanted = 'namespace', mode } = props;
    const target = checkedTarget(this, wanted);
    const data: MutualTlsData = {
      origin: this.node.path,
      target,
      mode,
      ports: new Map(Object.entries(props.ports ?? {}).map(([port, portMode]) => [Number(port), portMode])),
      plainClients: props.plainClients ?? [],
    };
    const { root } = this.node;
    declared.set(root, [...mutualTlsOf(this), data]);
    this.peerAuthentication = new PeerAuthentication(this, 'peer-authentication', {
      metadata: { name: nameOfTarget(target), namespace: target.namespace },
      spec: lowerMutualTls(data),
    });
    this.writeClientSide(wanted, target, mode);
    addCheck(this, () => checkMutualTls(data, mutualTlsOf(this)));
  }

  private writeClientSide(wanted: Target, target: PolicyTarget, mode: MutualTlsMode): void {
    const isAutomatic = MeshChart.meshOf(this)?.settings.meshConfig['enableAutoMtls'] !== false;
    if (isAutomatic || target.kind !== 'workload' || !(wanted instanceof MeshService)) return;
    wanted.traffic(this).contribute({
      kind: 'traffic',
      origin: this.node.path,
      name: this.node.id,
      blocks: { tls: { mode: mode === 'DISABLE' ? 'DISABLE' : 'ISTIO_MUTUAL' } },
    });
  }
}
