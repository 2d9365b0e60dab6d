import type { IConstruct } from 'constructs';
import type { HostTraffic } from './host-traffic';

/**
 * A service that routes and policies can be written for: a {@link MeshService}, or one that exists already. `V` is the
 * union of its version names, so that naming a version it lacks does not compile.
 */
export interface ServiceRef<V extends string = string> {
  /** The names of its versions. */
  readonly versions: readonly V[];
  /** What everybody wants of its host; made where it does not exist yet. */
  traffic(scope: IConstruct): HostTraffic;
}
