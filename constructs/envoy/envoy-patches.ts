import { Construct } from 'constructs';
import { lowerPatches, type EnvoyPatch } from '../../lib/envoy';
import { EnvoyFilter } from '../api';
import { checkedTarget, type Target } from '../security';

/** Properties of {@link EnvoyPatches}. */
export interface EnvoyPatchesProps {
  /**
   * Whose proxies are changed.
   *
   * @default 'namespace' - those of the namespace of the chart
   */
  readonly target?: Target;
  /** The changes, in order. */
  readonly patches: readonly EnvoyPatch[];
  /**
   * Where it stands among the EnvoyFilters of a proxy; lower ones come first.
   *
   * @default 0
   */
  readonly priority?: number;
}

/**
 * Changes of Envoy's configuration that nothing else in Istio can make. Pairs of place and operation that Istio would ignore
 * do not compile.
 *
 * Becomes an EnvoyFilter.
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 */
export class EnvoyPatches extends Construct {
  /** The EnvoyFilter. */
  readonly envoyFilter: EnvoyFilter;

  constructor(scope: Construct, id: string, props: EnvoyPatchesProps) {
    super(scope, id);
    const target = checkedTarget(this, props.target ?? 'namespace');
    this.envoyFilter = new EnvoyFilter(this, 'envoy-filter', {
      metadata: { name: id, namespace: target.namespace },
      spec: lowerPatches(target, props.patches, props.priority),
    });
  }
}
