import type { Construct } from 'constructs';
import { header, type Match } from '../../lib/traffic';
import { RouteConstruct, type ServiceRef, type Wanted } from '../host';

/** How the version that is not active yet can be tried. */
export interface BlueGreenPreview<V extends string> {
  /** The version to try. */
  readonly version: V;
  /**
   * Which requests get it.
   *
   * @default - those with the header `x-preview: <version>`
   */
  readonly match?: Match;
}

/** Properties of a {@link BlueGreen}. */
export interface BlueGreenProps<V extends string> {
  /** The service with two versions side by side. */
  readonly service: ServiceRef<V>;
  /** The version that gets the requests; switching is changing this. */
  readonly active: NoInfer<V>;
  /**
   * A way to the other version for those who test it.
   *
   * @default - none
   */
  readonly preview?: BlueGreenPreview<NoInfer<V>>;
}

/**
 * Sends all requests of a service to one of its versions, while the others stay ready.
 *
 * Becomes the default route of the host's VirtualService, and a matched route for the preview. The subsets of all
 * versions stay in the DestinationRule, so that switching never meets a missing cluster.
 *
 * @example
 * new BlueGreen(shop, 'front-end', { service: frontEnd, active: 'v1', preview: { version: 'v2' } });
 */
export class BlueGreen<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: BlueGreenProps<V>) {
    const wanted: Wanted[] = [{ kind: 'default', to: [{ version: props.active, weight: 100 }] }];
    if (props.preview !== undefined) {
      const { version, match = header('x-preview').exact(props.preview.version) } = props.preview;
      wanted.unshift({
        kind: 'route',
        name: `${id}-preview`,
        match: match.alternatives,
        action: { kind: 'split', to: [{ version, weight: 100 }] },
      });
    }
    super(scope, id, props.service, wanted);
  }
}
