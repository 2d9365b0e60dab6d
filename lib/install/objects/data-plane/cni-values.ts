import type { GLOBAL } from '../../options/values/global';
import type { CNI } from '../../options/values/node-agents';
import type { Resolved } from '../../options/values/shape';

type CniChart = typeof CNI & {
  readonly global: typeof GLOBAL;
  readonly ownerName: 'text';
  readonly platform: 'text?';
  readonly revision: 'text';
};

/** The settings of the CNI agent, complete. */
export type CniValues = Resolved<CniChart>;

/** The CNI agent to render. */
export interface CniAgent {
  readonly namespace: string;
  readonly values: CniValues;
}
