import { ApiObject } from 'cdk8s';
import { lazily } from '../tree';
import { Construct } from 'constructs';
import type { Destination } from '../../lib/api';
import type { MeshRef } from '../../lib/install';
import { workloadOfGatewayApi, type Workload } from '../../lib/targets';
import type { Issue } from '../../lib/findings';
import {
  gatewayApiListeners,
  listenerName,
  toHttpRoute,
  type GatewayApiBackend,
  type HttpRouteForm,
} from '../../lib/traffic';
import type { HostTraffic } from '../host';
import type { ExposedHosts } from './exposed-hosts';
import type { GatewayForm, HostForm } from './gateway-form';
import { routeName } from './istio-form';

const GROUP = 'gateway.networking.k8s.io';

/** A gateway as the form needs it. */
export interface GatewayApiSource {
  readonly name: string;
  readonly namespace: string;
  readonly exposed: ExposedHosts;
}

/**
 * An ingress gateway in the words of Gateway API: a Gateway for which istiod makes the pods, an HTTPRoute per host, and
 * a Service per version, for Gateway API has no subsets.
 */
export class GatewayApiForm extends Construct implements GatewayForm {
  /** The Gateway object. */
  readonly gateway: ApiObject;
  private readonly source: GatewayApiSource;
  private readonly hosts = new Set<string>();
  private readonly granted = new Set<string>();

  constructor(scope: Construct, id: string, source: GatewayApiSource, mesh: MeshRef | undefined) {
    super(scope, id);
    this.source = source;
    const revision = mesh?.settings.revision ?? 'default';
    this.gateway = new ApiObject(this, 'gateway', {
      apiVersion: `${GROUP}/v1`,
      kind: 'Gateway',
      metadata: {
        name: source.name,
        namespace: source.namespace,
        ...(revision === 'default' ? {} : { labels: { 'istio.io/rev': revision } }),
      },
      spec: {
        gatewayClassName: 'istio',
        listeners: lazily(() => gatewayApiListeners(source.exposed.listening()).listeners),
      },
    });
  }

  workload(): Workload {
    return workloadOfGatewayApi(this.source.name, this.source.namespace);
  }

  addHost(host: string, { isPassthrough, isRedirecting }: HostForm): void {
    const name = routeName(this.source.name, this.source.exposed.late(host) ?? host);
    if (isPassthrough) this.addPassthrough(host, name);
    else this.addRoute(host, name);
    if (isRedirecting) this.addRedirect(host, name);
  }

  addTcp(): void {
    // Ports that are exposed by connection have no listener here; `issues` says so.
  }

  /** The route of a host; asking again changes nothing. */
  private addRoute(host: string, name: string): void {
    if (this.hosts.has(host)) return;
    this.hosts.add(host);
    this.object(`route-${host}`, 'HTTPRoute', name, () => this.httpRoute(host).spec);
  }

  /** The route of a host whose TLS is passed through. */
  private addPassthrough(host: string, name: string): void {
    if (this.node.tryFindChild(`tls-${host}`) !== undefined) return;
    this.object(`tls-${host}`, 'TLSRoute', `${name}-tls`, () => ({
      parentRefs: [this.parent(host, 'tls')],
      hostnames: [host],
      rules: (this.source.exposed.lower(host).spec.tls ?? []).map(({ route = [] }) => ({
        backendRefs: route.map(({ destination, weight }) => ({
          ...backendOf(destination),
          ...(weight === undefined ? {} : { weight }),
        })),
      })),
    }));
  }

  /** Plain requests to a host are sent to HTTPS. */
  private addRedirect(host: string, name: string): void {
    if (this.node.tryFindChild(`redirect-${host}`) !== undefined) return;
    this.object(`redirect-${host}`, 'HTTPRoute', `${name}-redirect`, () => ({
      parentRefs: [this.parent(host, 'http')],
      ...(host === '*' ? {} : { hostnames: [host] }),
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
    }));
  }

  /** A Service that routes may lead to: its versions get Services of their own, and its namespace a grant. */
  addBackend(traffic: HostTraffic): void {
    traffic.exposeVersions();
    const { namespace } = traffic.host;
    if (namespace === this.source.namespace || this.granted.has(namespace)) return;
    this.granted.add(namespace);
    new ApiObject(this, `grant-${namespace}`, {
      apiVersion: `${GROUP}/v1beta1`,
      kind: 'ReferenceGrant',
      metadata: { name: `from-${this.gateway.name}`, namespace },
      spec: {
        from: ['HTTPRoute', 'TLSRoute'].map((kind) => ({ group: GROUP, kind, namespace: this.source.namespace })),
        to: [{ group: '', kind: 'Service' }],
      },
    });
  }

  /** What Gateway API cannot say. */
  issues(): readonly Issue[] {
    const { exposed } = this.source;
    return [
      ...exposed.hosts.flatMap((host) => exposed.lower(host).issues),
      ...exposed.lowerTcp().issues,
      ...gatewayApiListeners(exposed.listening()).issues,
      ...[...this.hosts].flatMap((host) => this.httpRoute(host).issues),
    ];
  }

  private object(id: string, kind: string, name: string, spec: () => unknown): void {
    new ApiObject(this, id, {
      apiVersion: `${GROUP}/v1`,
      kind,
      metadata: { name, namespace: this.source.namespace },
      spec: lazily(spec),
    });
  }

  private parent(host: string, protocol: 'http' | 'https' | 'tls'): HttpRouteForm['spec']['parentRefs'][number] {
    const sectionName = listenerName(protocol, host);
    return { name: this.gateway.name, namespace: this.source.namespace, sectionName };
  }

  /** The listeners a host's requests come in by: plain ones where it is exposed plainly, else those with TLS. */
  private parents(host: string): HttpRouteForm['spec']['parentRefs'] {
    const mine = this.source.exposed.listening().filter((one) => one.host === host && one.tcpPort === undefined);
    const protocols = new Set(mine.map(({ tls }) => (tls === undefined ? 'http' : 'https')));
    return [...protocols].sort().map((protocol) => this.parent(host, protocol));
  }

  private httpRoute(host: string): HttpRouteForm {
    return toHttpRoute(this.source.exposed.lower(host).spec, this.parents(host), backendOf);
  }
}

function backendOf({ host, subset, port }: Destination): GatewayApiBackend {
  const [name = host, namespace = 'default'] = host.split('.');
  return { name: subset === undefined ? name : `${name}-${subset}`, namespace, port: port?.number ?? 80 };
}
