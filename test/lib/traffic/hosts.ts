import type { Host, ServicePort, ServiceVersion } from '../../../lib/traffic';

/** A host of three versions for tests. */
export function reviewsHost(change: Partial<Host> = {}): Host {
  const versions: ServiceVersion[] = ['v1', 'v2', 'v3'].map((name) => ({
    name,
    labels: { version: name },
    replicas: 1,
  }));
  const ports: ServicePort[] = [{ name: 'http', port: 9080, protocol: 'http' }];
  return {
    name: 'reviews',
    namespace: 'bookinfo',
    fqdn: 'reviews.bookinfo.svc.cluster.local',
    ports,
    versions,
    ...change,
  };
}
