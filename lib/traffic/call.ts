import type { Protocol } from './host';

/** One call that one service of an application makes of another: the call graph as data, an edge each. */
export interface Call {
  /** Name of the calling service; `ingress` for the gateway. */
  readonly from: string;
  /** Name of the called service. */
  readonly to: string;
  /** Port of the called service. */
  readonly port: number;
  readonly protocol: Protocol;
}
