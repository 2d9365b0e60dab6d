/** The protocols a Service port may have in the mesh, as port name prefixes and `appProtocol` know them. */
export type Protocol =
  'http' | 'http2' | 'https' | 'grpc' | 'grpc-web' | 'tcp' | 'tls' | 'mongo' | 'mysql' | 'redis' | 'udp';

/** Every {@link Protocol}, for checks at run time. */
export const PROTOCOLS: readonly Protocol[] = [
  'http',
  'http2',
  'https',
  'grpc',
  'grpc-web',
  'tcp',
  'tls',
  'mongo',
  'mysql',
  'redis',
  'udp',
];

/** True for the protocols whose requests Istio routes one by one. */
export function isHttp(protocol: Protocol): boolean {
  return protocol === 'http' || protocol === 'http2' || protocol === 'grpc' || protocol === 'grpc-web';
}

/** One port of a Service. */
export interface ServicePort {
  readonly name: string;
  /** The port clients connect to. */
  readonly port: number;
  readonly protocol: Protocol;
  /** The port of the pods, when it is another. */
  readonly targetPort?: number;
}

/** One version of a service: the labels that tell its pods from the others', and how many pods there are. */
export interface ServiceVersion {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Absent when nobody knows, for instance because an autoscaler decides. */
  readonly replicas?: number;
}

/** A host as routing sees it. */
export interface Host {
  readonly name: string;
  readonly namespace: string;
  /** The name routes and destinations use, always fully qualified. */
  readonly fqdn: string;
  readonly ports: readonly ServicePort[];
  readonly versions: readonly ServiceVersion[];
  /** Where requests go that no route asks for; all versions alike when absent. */
  readonly defaultVersion?: string;
}

/** The port that is meant where none is named: the first that speaks HTTP, or the first. */
export function firstPort(host: Host): number {
  return (host.ports.find(({ protocol }) => isHttp(protocol)) ?? host.ports[0])?.port ?? 80;
}
