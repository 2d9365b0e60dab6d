import type { Server, VirtualServiceSpec } from '../api';
import type { Contribution } from './contribution';
import { isHttp, type Host, type ServicePort } from './host';

/** One host that leaves the mesh through a gateway. */
export interface EgressHost {
  readonly host: Host;
  readonly origin: string;
}

const isTls = ({ protocol }: ServicePort): boolean => protocol === 'https' || protocol === 'tls';

/** The ports of the gateway's Service that traffic between sidecars and it uses. */
const EGRESS_HTTP_PORT = 80;
const EGRESS_TLS_PORT = 443;

/**
 * The servers of an egress gateway: HTTP comes from sidecars in mutual TLS on 80, told apart by the name of the host,
 * and TLS of the clients' own passes through on 443.
 */
export function egressServers(hosts: readonly EgressHost[]): Server[] {
  const names = (speaks: (port: ServicePort) => boolean): string[] =>
    [...new Set(hosts.filter(({ host }) => host.ports.some(speaks)).map(({ host }) => host.fqdn))].sort();
  const http = names(({ protocol }) => isHttp(protocol));
  const tls = names(isTls);
  return [
    ...(http.length > 0
      ? [
          {
            port: { number: EGRESS_HTTP_PORT, name: 'https-from-mesh', protocol: 'HTTPS' },
            tls: { mode: 'ISTIO_MUTUAL' as const },
            hosts: http,
          },
        ]
      : []),
    ...(tls.length > 0
      ? [
          {
            port: { number: EGRESS_TLS_PORT, name: 'tls', protocol: 'TLS' },
            tls: { mode: 'PASSTHROUGH' as const },
            hosts: tls,
          },
        ]
      : []),
  ];
}

/** The routes from the gateway to the host itself. */
export function egressRoutes({ host }: EgressHost, gateway: string): VirtualServiceSpec {
  const to = (port: number) => [{ destination: { host: host.fqdn, port: { number: port } } }];
  const http = host.ports.find(({ protocol }) => isHttp(protocol));
  const tls = host.ports.find(isTls);
  return {
    hosts: [host.fqdn],
    gateways: [gateway],
    ...(http === undefined ? {} : { http: [{ name: host.name, route: to(http.port) }] }),
    ...(tls === undefined
      ? {}
      : { tls: [{ match: [{ port: EGRESS_TLS_PORT, sniHosts: [host.fqdn] }], route: to(tls.port) }] }),
  };
}

type Wanted = Contribution;

/** Name of the gateway's subset for one host: its TLS says which host is meant. */
function egressSubset(host: Host): string {
  return host.fqdn.replace(/[^a-z0-9-]/g, '-').slice(0, 63);
}

/** What the way through a gateway asks of the host in the mesh: everything to the gateway. */
export function towardsGateway({ host, origin }: EgressHost, gatewayHost: string): readonly Wanted[] {
  const to = (port: number, subset?: string) => [
    {
      destination: { host: gatewayHost, port, ...(subset === undefined ? {} : { subset }) },
      weight: 100,
    },
  ];
  const name = host.name;
  return [
    ...(host.ports.some(({ protocol }) => isHttp(protocol))
      ? [{ kind: 'default' as const, origin, name, to: to(EGRESS_HTTP_PORT, egressSubset(host)) }]
      : []),
    ...(host.ports.some(isTls)
      ? [{ kind: 'connection' as const, origin, name, match: [], to: to(EGRESS_TLS_PORT), sniHosts: [host.fqdn] }]
      : []),
  ];
}

/** What it asks of the gateway's own host: mutual TLS that names the host. */
export function atGateway({ host, origin }: EgressHost): readonly Wanted[] {
  if (!host.ports.some(({ protocol }) => isHttp(protocol))) return [];
  const version = egressSubset(host);
  return [
    { kind: 'subset', origin, name: host.name, version: { name: version, labels: {} } },
    {
      kind: 'traffic',
      origin,
      name: host.name,
      version,
      port: EGRESS_HTTP_PORT,
      blocks: { tls: { mode: 'ISTIO_MUTUAL', sni: host.fqdn } },
    },
  ];
}
