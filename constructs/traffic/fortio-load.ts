import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  expectedOverflow,
  firstPort,
  fortioArguments,
  type LoadExpectation,
  type LoadSettings,
} from '../../lib/traffic';
import type { HostTraffic, ServiceRef } from '../host';

/** Properties of a {@link FortioLoad}. */
export interface FortioLoadProps extends LoadSettings {
  /** The service that is called. */
  readonly service: ServiceRef;
  /**
   * Port of the service.
   *
   * @default - its first HTTP port
   */
  readonly port?: number;
  /**
   * Path of the requests.
   *
   * @default '/'
   */
  readonly path?: string;
  /**
   * A pod that waits for commands, or a Job that runs the load once.
   *
   * @default 'client'
   */
  readonly as?: 'client' | 'job';
  /**
   * Image of fortio.
   *
   * @default 'docker.io/fortio/fortio:1.66.3'
   */
  readonly image?: string;
}

/** Statistics of the proxy that show refused requests; Istio leaves them out unless a pod asks for them. */
const PROXY_STATISTICS = JSON.stringify({
  proxyStatsMatcher: { inclusionPrefixes: ['cluster.outbound', 'cluster_manager', 'listener_manager', 'server'] },
});

/**
 * Load on a service from inside the mesh, with fortio.
 *
 * Becomes a Deployment whose pod waits for {@link FortioLoad.command}, or a Job that runs it.
 *
 * @example
 * const load = new FortioLoad(shop, 'fortio', { service: reviews, connections: 3, requests: 20, qps: 0 });
 * console.log(load.command, load.expectation());
 * @see https://istio.io/latest/docs/tasks/traffic-management/circuit-breaking/
 */
export class FortioLoad extends Construct {
  /** What is called. */
  readonly url: string;
  /** The arguments of fortio. */
  readonly args: readonly string[];
  private readonly props: FortioLoadProps;
  private readonly target: HostTraffic;

  constructor(scope: Construct, id: string, props: FortioLoadProps) {
    super(scope, id);
    const { service, path = '/', as: kind = 'client', image = 'docker.io/fortio/fortio:1.66.3' } = props;
    this.props = props;
    this.target = service.traffic(this);
    const { host } = this.target;
    this.url = `http://${host.fqdn}:${props.port ?? firstPort(host)}${path}`;
    this.args = fortioArguments(this.url, props);
    const labels = { app: id, version: 'v1' };
    const container = {
      name: 'fortio',
      image,
      imagePullPolicy: 'IfNotPresent',
      ...(kind === 'job' ? { args: [...this.args] } : { ports: [{ name: 'http-fortio', containerPort: 8080 }] }),
    };
    const template = (restart: object): object => ({
      metadata: { labels, annotations: { 'proxy.istio.io/config': PROXY_STATISTICS } },
      spec: { ...restart, containers: [container] },
    });
    new ApiObject(this, kind, {
      apiVersion: kind === 'job' ? 'batch/v1' : 'apps/v1',
      kind: kind === 'job' ? 'Job' : 'Deployment',
      metadata: { name: id, namespace: this.namespace, labels },
      spec:
        kind === 'job'
          ? { backoffLimit: 0, template: template({ restartPolicy: 'Never' }) }
          : { replicas: 1, selector: { matchLabels: labels }, template: template({}) },
    });
  }

  /** What to type to run the load, or to read what the Job said. */
  get command(): string {
    const { as: kind = 'client' } = this.props;
    const where = `-n ${this.namespace}`;
    if (kind === 'job') return `kubectl logs ${where} job/${this.node.id} -c fortio`;
    return `kubectl exec ${where} deploy/${this.node.id} -c fortio -- /usr/bin/fortio ${this.args.map(quoted).join(' ')}`;
  }

  /** Whether some requests are answered with 503, by the limits the service has now. */
  expectation(): LoadExpectation {
    const [limits] = this.target.limits(1);
    return expectedOverflow(this.props.connections, limits?.perClient ?? {});
  }

  private get namespace(): string {
    return Chart.of(this).namespace ?? 'default';
  }
}

const quoted = (text: string): string => (/^[\w./:=-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`);
