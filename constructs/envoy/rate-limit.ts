import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  globalRateLimit,
  httpPortIssues,
  localRateLimit,
  rateIssues,
  rateLimitConfig,
  type GlobalLimit,
  type PathRate,
  type Rate,
} from '../../lib/envoy';
import { isHttp } from '../../lib/traffic';
import { addCheck } from '../tree';
import { EnvoyPatches } from './envoy-patches';
import { MeshService } from '../service';
import type { GatewayLike } from '../security';

/** Properties of a {@link LocalRateLimit}. */
export interface LocalRateLimitProps extends Rate {
  /** The service whose pods keep the limit, each on its own. */
  readonly target: MeshService;
  /**
   * The port of the service.
   *
   * @default - its first HTTP port
   */
  readonly port?: number;
  /**
   * Tighter rates for some paths.
   *
   * @default - none
   */
  readonly paths?: readonly PathRate[];
}

/**
 * Limits how many requests each pod of a service takes. With three pods the service takes three times as many.
 *
 * Becomes an EnvoyFilter with Envoy's local rate limit filter; what is over the limit is answered with 429.
 *
 * @example
 * new LocalRateLimit(shop, 'page-limit', { target: productpage, requests: 100, per: '60s' });
 */
export class LocalRateLimit extends Construct {
  constructor(scope: Construct, id: string, props: LocalRateLimitProps) {
    super(scope, id);
    const { target, paths = [], requests, per, burst } = props;
    const http = target.ports.find((one) => isHttp(one.protocol));
    const port = props.port ?? http?.port ?? target.ports[0]?.port ?? 80;
    const rate: Rate = { requests, per, ...(burst === undefined ? {} : { burst }) };
    new EnvoyPatches(this, id, { target, patches: localRateLimit(port, rate, paths) });
    addCheck(this, () => [...rateIssues([rate, ...paths]), ...httpPortIssues(target.serviceName, target.ports, port)]);
  }
}

/** Properties of a {@link GlobalRateLimit}. */
export interface GlobalRateLimitProps {
  /** The gateway whose requests are counted. */
  readonly gateway: GatewayLike;
  /** What is counted, and how much of it is let through. */
  readonly limits: readonly GlobalLimit[];
  /**
   * Name of the set of limits.
   *
   * @default - the id of the construct
   */
  readonly domain?: string;
  /**
   * Whether requests are turned away when the rate limit service does not answer.
   *
   * @default false
   */
  readonly failureModeDeny?: boolean;
  /**
   * Image of Envoy's reference rate limit service.
   *
   * @default 'docker.io/envoyproxy/ratelimit:30a4ce1a'
   */
  readonly image?: string;
  /**
   * Image of the Redis it counts in.
   *
   * @default 'docker.io/library/redis:7.2-alpine'
   */
  readonly redisImage?: string;
}

/**
 * Limits how many requests come in over a gateway, counted over all its pods together.
 *
 * Becomes the rate limit service with its Redis and configuration in the namespace of the chart, and an EnvoyFilter
 * that makes the gateway ask it.
 */
export class GlobalRateLimit extends Construct {
  /** The rate limit service. */
  readonly service: MeshService<'v1'>;

  constructor(scope: Construct, id: string, props: GlobalRateLimitProps) {
    super(scope, id);
    const { gateway, limits, domain = id, failureModeDeny = false } = props;
    const config = new ApiObject(this, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${id}-config` },
      data: { 'config.yaml': rateLimitConfig(domain, limits) },
    });
    const redis = new MeshService(this, `${id}-redis`, {
      port: 6379,
      protocol: 'tcp',
      versions: { v1: { image: props.redisImage ?? 'docker.io/library/redis:7.2-alpine' } },
    });
    this.service = new MeshService(this, `${id}-service`, {
      ports: [
        { name: 'http', port: 8080, protocol: 'http' },
        { name: 'grpc', port: 8081, protocol: 'grpc' },
      ],
      versions: {
        v1: {
          image: props.image ?? 'docker.io/envoyproxy/ratelimit:30a4ce1a',
          command: ['/bin/ratelimit'],
          configMaps: { [config.name]: '/data/ratelimit/config' },
          env: {
            REDIS_SOCKET_TYPE: 'tcp',
            REDIS_URL: `${redis.serviceName}:6379`,
            USE_STATSD: 'false',
            RUNTIME_ROOT: '/data',
            RUNTIME_SUBDIRECTORY: 'ratelimit',
            RUNTIME_WATCH_ROOT: 'false',
            RUNTIME_IGNOREDOTFILES: 'true',
          },
        },
      },
    });
    const service = { host: this.service.host, port: 8081 };
    new EnvoyPatches(this, id, {
      target: gateway,
      patches: globalRateLimit({ domain, limits, service, failureModeDeny }),
    });
    addCheck(this, () => rateIssues(limits));
  }
}
