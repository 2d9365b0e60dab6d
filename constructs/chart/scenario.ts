import type { MeshChart } from './mesh-chart';

/** One thing a demo shows: an application, and what is done with it. */
export interface Scenario {
  /** How it is asked for: `--scenario jason`. */
  readonly name: string;
  /** What can be seen, in one sentence. */
  readonly about: string;
  /** Puts everything the scenario needs into a namespace. */
  readonly build: (chart: MeshChart) => void;
  /**
   * Codes of the warnings it cannot do without.
   *
   * @default - none
   */
  readonly findings?: readonly string[];
}
