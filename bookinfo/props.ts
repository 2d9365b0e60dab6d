import type { Match, ExistingGatewayPods } from '../constructs';

/** The versions of the reviews service: without stars, with black ones, with red ones. */
export type ReviewsVersion = 'v1' | 'v2' | 'v3';

/** Where the ratings come from: the program itself, MongoDB, or MySQL. */
export type RatingsStorage = 'none' | 'mongodb' | 'mysql';

/** How the ratings service misbehaves on purpose; switched by its environment variable SERVICE_VERSION. */
export type RatingsFault = 'v-faulty' | 'v-delayed' | 'v-unavailable' | 'v-unhealthy';

/** Properties of {@link Bookinfo}. */
export interface BookinfoProps {
  /**
   * Registry and repository of the images.
   *
   * @default 'docker.io/istio'
   */
  readonly hub?: string;
  /**
   * Tag of the images.
   *
   * @default '1.20.3'
   */
  readonly tag?: string;
  /**
   * The versions of reviews that run.
   *
   * @default - all three
   */
  readonly reviews?: readonly ReviewsVersion[];
  /**
   * What the ratings are stored in; a database adds a version of ratings (`v2`, `v2-mysql`) that uses it.
   *
   * @default 'none'
   */
  readonly ratingsStorage?: RatingsStorage;
  /**
   * Misbehaviour of ratings v1: `v-faulty` answers half the requests with 503, `v-delayed` takes 7 s for half of them,
   * `v-unavailable` alternates every minute, `v-unhealthy` every quarter of an hour, its health check included.
   *
   * @default - none
   */
  readonly ratingsFault?: RatingsFault;
  /**
   * Whether details v2 runs too, which asks Google Books.
   *
   * @default false
   */
  readonly googleBooks?: boolean;
  /**
   * The Secret with the MySQL root password under the key `rootpasswd`; it must exist, for no key material comes from here.
   *
   * @default 'mysql-credentials'
   */
  readonly mysqlSecretName?: string;
  /**
   * Host names of the page.
   *
   * @default - every host name
   */
  readonly hosts?: readonly string[];
  /**
   * The visitors who see the page at all.
   *
   * @default - everybody
   */
  readonly visitors?: Match;
  /**
   * Labels of the gateway pods that let visitors in.
   *
   * @default - those of the mesh's ingress gateway
   */
  readonly gatewaySelector?: Readonly<Record<string, string>>;
  /**
   * Where the gateway's pods run, as which account and on which ports, for policies.
   *
   * @default - what the mesh says of its gateways, else the ingress gateway of Istio's default profile; not known with `gatewaySelector`
   */
  readonly gatewayPods?: ExistingGatewayPods;
}
