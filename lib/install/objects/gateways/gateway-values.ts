import type { GATEWAY, GatewayPort } from '../../options/values/gateways';
import type { GLOBAL } from '../../options/values/global';
import type { MESH_CONFIG } from '../../options/values/mesh-config';
import type { Resolved } from '../../options/values/shape';

interface Around {
  readonly global: typeof GLOBAL;
  readonly meshConfig: typeof MESH_CONFIG;
  readonly ownerName: 'text';
  readonly platform: 'text?';
  readonly revision: 'text';
}

/** The settings of one gateway, complete. */
export type GatewayValues = Resolved<typeof GATEWAY>;

/** A gateway to render. */
export interface GatewayInstall {
  readonly kind: 'ingress' | 'egress';
  readonly namespace: string;
  readonly gateway: GatewayValues;
  /** The settings that it shares with the rest of the install. */
  readonly around: Resolved<Around>;
  /** Environment of istiod, for what both must agree on. */
  readonly pilotEnv: Readonly<Record<string, unknown>>;
}

/** The port of the pod that a port of the Service leads to: by default, as for a target of 0, the one of the same number. */
export function podPortOf({ port, targetPort }: GatewayPort): number | string {
  return targetPort === undefined || targetPort === 0 || targetPort === '' ? port : targetPort;
}

/** The ports of a gateway. */
export function portsOf(gateway: GatewayValues): readonly GatewayPort[] {
  return gateway.ports as readonly GatewayPort[];
}
