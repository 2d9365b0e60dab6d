import type { Construct } from 'constructs';
import { restOfHundred } from '../../lib/json';
import { canaryIssues, canaryPercent, stickySplit, type CanaryShare, type SessionAffinity } from '../../lib/traffic';
import { addCheck } from '../tree';
import { RouteConstruct, type ServiceRef } from '../host';

/** Properties of a {@link Canary}: a percentage, or a plan of steps and the step it is at. */
export type CanaryProps<V extends string> = {
  /** The service that gets a new version. */
  readonly service: ServiceRef<V>;
  /** The version that is known to work. */
  readonly stable: NoInfer<V>;
  /** The version on trial. */
  readonly candidate: NoInfer<V>;
  /**
   * Whether a client stays with the version that answered it first. Its cookie decides from then on, so the percentage
   * is that of new clients.
   *
   * @default - no, every request is divided anew
   */
  readonly affinity?: boolean | SessionAffinity;
} & CanaryShare;

/**
 * Sends a share of a service's requests to a new version. Changing `percent`, or `step`, changes two numbers of one
 * object.
 *
 * Becomes the default route of the host's VirtualService, with two weighted destinations; with `affinity` also a route
 * per version for the clients whose cookie names it.
 *
 * @example
 * new Canary(shop, 'reviews-canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
 * new Canary(shop, 'ratings-canary', { service: ratings, stable: 'v1', candidate: 'v2', steps: [5, 25, 50, 100], step: 2 });
 * @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/
 */
export class Canary<V extends string> extends RouteConstruct {
  constructor(scope: Construct, id: string, props: CanaryProps<V>) {
    const { service, stable, candidate, affinity = false } = props;
    const settings = affinity === true ? {} : affinity;
    const wrong = canaryIssues(props, { stable, candidate }, settings === false ? undefined : settings.ttl);
    // A canary that is refused counts as 0 %, so that only what is wrong with it is reported.
    const percent = wrong.length === 0 ? canaryPercent(props) : 0;
    const split = [
      { version: stable, weight: restOfHundred(percent) },
      { version: candidate, weight: percent },
    ];
    const name = settings === false ? '' : (settings.cookie ?? `${service.traffic(scope).host.name}-version`);
    const sticky = settings === false ? { to: split, routes: [] } : stickySplit(split, name, settings.ttl);
    super(scope, id, service, [
      ...sticky.routes.map(({ version, match }) => ({
        kind: 'route' as const,
        name: `${id}-${version}`,
        match,
        action: { kind: 'split' as const, to: [{ version, weight: 100 }] },
      })),
      { kind: 'default', to: sticky.to },
    ]);
    addCheck(this, () => wrong);
  }
}
