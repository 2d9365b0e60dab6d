import type { ServiceEntrySpec, WorkloadEntrySpec } from '../api';
import { found, type Issue } from '../findings';
import { isHttp, type ServicePort } from './host';

/** How a host outside the mesh is found. */
export type ExternalResolution = NonNullable<ServiceEntrySpec['resolution']>;

/** A host that is no Kubernetes Service, as data. */
export interface ExternalHost {
  readonly hosts: readonly string[];
  readonly ports: readonly ServicePort[];
  readonly location: 'MESH_EXTERNAL' | 'MESH_INTERNAL';
  readonly resolution: ExternalResolution;
  readonly addresses?: readonly string[];
  readonly endpoints?: readonly WorkloadEntrySpec[];
  readonly workloadLabels?: Readonly<Record<string, string>>;
  readonly exportTo?: readonly string[];
  readonly subjectAltNames?: readonly string[];
  /** Port to connect to in place of an HTTP port, where the proxy makes HTTP into HTTPS. */
  readonly originateTo?: number;
}

const PROTOCOL_NAMES: Readonly<Record<string, string>> = {
  http: 'HTTP',
  http2: 'HTTP2',
  https: 'HTTPS',
  grpc: 'GRPC',
  'grpc-web': 'GRPC-WEB',
  tcp: 'TCP',
  tls: 'TLS',
  mongo: 'MONGO',
  mysql: 'MYSQL',
  redis: 'REDIS',
  udp: 'UDP',
};

/** How the host is found unless it is said: by its endpoints, not at all for wildcards, else by DNS. */
export function usualResolution(
  hosts: readonly string[],
  hasEndpoints: boolean,
  endpoints: readonly WorkloadEntrySpec[] = [],
): ExternalResolution {
  if (hosts.some((host) => host.startsWith('*.'))) return 'NONE';
  const byName = endpoints.some(({ address }) => address !== undefined && !isAddress(address));
  return hasEndpoints && !byName ? 'STATIC' : 'DNS';
}

const isAddress = (text: string): boolean => /^[0-9.]+$/.test(text) || text.includes(':') || text.startsWith('unix://');

/** The ServiceEntry of a host. */
export function lowerServiceEntry(external: ExternalHost): ServiceEntrySpec {
  const { hosts, ports, location, resolution, addresses, endpoints, workloadLabels, exportTo, originateTo } = external;
  const fields = {
    hosts,
    ...(addresses === undefined ? {} : { addresses }),
    ports: ports.map(({ name, port, protocol, targetPort }) => {
      const target = targetPort ?? (originateTo !== undefined && isHttp(protocol) ? originateTo : undefined);
      return {
        number: port,
        name,
        protocol: PROTOCOL_NAMES[protocol] ?? 'TCP',
        ...(target === undefined || target === port ? {} : { targetPort: target }),
      };
    }),
    location,
    resolution,
    ...(exportTo === undefined ? {} : { exportTo }),
    ...(external.subjectAltNames === undefined ? {} : { subjectAltNames: external.subjectAltNames }),
  };
  if (workloadLabels !== undefined) return { ...fields, workloadSelector: { labels: workloadLabels } };
  return endpoints === undefined ? fields : { ...fields, endpoints };
}

/** What cannot work with a host outside the mesh. */
export function externalIssues({ hosts, originateTo }: ExternalHost, isThroughGateway: boolean): Issue[] {
  const host = hosts.find((one) => one.startsWith('*'));
  if (host === undefined) return [];
  return [
    ...(originateTo === undefined ? [] : [found('wildcard-without-address', { host })]),
    ...(isThroughGateway ? [found('wildcard-through-gateway', { host })] : []),
  ];
}
