import { didYouMean, refOf, type Issue, type KubeObject, type Manifest } from '../manifest';

type Json = Readonly<Record<string, unknown>>;

/** A destination somewhere in a VirtualService, and where it stands. */
interface Found {
  readonly host: string;
  readonly subset: string | undefined;
  readonly at: string;
}

const list = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter((item): item is Json => item !== null && typeof item === 'object') : [];

const record = (value: unknown): Json | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : undefined;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function destination(value: unknown, at: string): Found[] {
  const fields = record(value);
  const host = text(fields?.['host']);
  return host === undefined || host === '' ? [] : [{ host, subset: text(fields?.['subset']), at }];
}

function destinations(spec: Json): Found[] {
  return ['http', 'tcp', 'tls'].flatMap((kind) =>
    list(spec[kind]).flatMap((route, index) => {
      const at = `spec.${kind}[${index}]`;
      return [
        ...list(route['route']).flatMap((to, i) => destination(to['destination'], `${at}.route[${i}].destination`)),
        ...list(route['mirrors']).flatMap((to, i) => destination(to['destination'], `${at}.mirrors[${i}].destination`)),
        ...destination(route['mirror'], `${at}.mirror`),
      ];
    }),
  );
}

/** Undotted names are completed with the namespace they stand in; all others are taken as they are. */
function complete(host: string, namespace: string | undefined, domain: string): string {
  return host.includes('.') ? host : `${host}.${namespace ?? 'default'}.svc.${domain}`;
}

const isIstio = (object: KubeObject, kind: string): boolean =>
  object.kind === kind && object.apiVersion.startsWith('networking.istio.io/');

/** What is known of hosts beside the objects of the output. */
export interface KnownHosts {
  /** Hosts that exist although no object of the output makes them, fully qualified or external. */
  readonly hosts: Iterable<string>;
  /** @default 'cluster.local' */
  readonly clusterDomain?: string | undefined;
}

const matches = (host: string, pattern: string): boolean =>
  pattern === host || (pattern.startsWith('*') && host.endsWith(pattern.slice(1)));

/**
 * A route leads to a host that exists, and to a subset that a DestinationRule of the host defines; anything else is
 * answered with 503. Hosts are those of Services and ServiceEntries in the output, and those said to exist elsewhere.
 *
 * @see https://istio.io/latest/docs/reference/config/analysis/ist0101/
 */
export function destinationMustExist(manifests: readonly Manifest[], known: KnownHosts): Issue[] {
  const domain = known.clusterDomain ?? 'cluster.local';
  const hosts = new Set(known.hosts);
  const subsets = new Map<string, Set<string>>();
  for (const { object } of manifests) {
    const { name, namespace } = object.metadata;
    if (object.kind === 'Service' && object.apiVersion === 'v1') {
      hosts.add(`${name}.${namespace ?? 'default'}.svc.${domain}`);
    } else if (isIstio(object, 'ServiceEntry')) {
      const spec = record(object['spec']);
      for (const host of Array.isArray(spec?.['hosts']) ? spec['hosts'] : []) hosts.add(String(host));
    } else if (isIstio(object, 'DestinationRule')) {
      const spec = record(object['spec']) ?? {};
      const host = complete(text(spec['host']) ?? '', namespace, domain);
      const names = subsets.get(host) ?? new Set<string>();
      for (const subset of list(spec['subsets'])) names.add(String(subset['name']));
      subsets.set(host, names);
    }
  }
  const patterns = [...hosts].filter((host) => host.startsWith('*'));
  return manifests.flatMap(({ object, origin }) => {
    if (!isIstio(object, 'VirtualService')) return [];
    const place = { object: refOf(object), ...(origin === undefined ? {} : { origin }) };
    return destinations(record(object['spec']) ?? {}).flatMap((found): Issue[] => {
      if (found.host.includes('${')) return [];
      const host = complete(found.host, object.metadata.namespace, domain);
      if (!hosts.has(host) && !patterns.some((pattern) => matches(host, pattern))) {
        return [unknownHost(found, host, hosts, place)];
      }
      if (found.subset === undefined || found.subset.includes('${')) return [];
      const defined = subsets.get(host);
      return defined?.has(found.subset) === true ? [] : [unknownSubset(found, found.subset, host, defined, place)];
    });
  });
}

function unknownHost(
  found: Found,
  host: string,
  hosts: ReadonlySet<string>,
  place: Pick<Issue, 'object' | 'origin'>,
): Issue {
  const near = didYouMean(host, hosts);
  return {
    code: 'IST0101',
    severity: 'error',
    message:
      `the host "${found.host}" is none that this app knows` +
      (near.length > 0 ? `; did you mean ${near.map((name) => `"${name}"`).join(' or ')}?` : ''),
    ...place,
    at: `${found.at}.host`,
    fix: 'route to a service object, or declare the host: MeshService.named, a ServiceEntry, or knownHosts of the app',
  };
}

function unknownSubset(
  found: Found,
  subset: string,
  host: string,
  defined: ReadonlySet<string> | undefined,
  place: Pick<Issue, 'object' | 'origin'>,
): Issue {
  const near = didYouMean(subset, defined ?? []);
  const has =
    defined === undefined
      ? 'no DestinationRule of this app is for that host'
      : `it has ${[...defined].map((name) => `"${name}"`).join(', ') || 'none'}`;
  return {
    code: 'IST0101',
    severity: 'error',
    message:
      `"${subset}" is no subset of ${host}: ${has}` +
      (near.length > 0 ? `; did you mean ${near.map((name) => `"${name}"`).join(' or ')}?` : ''),
    ...place,
    at: `${found.at}.subset`,
    fix: 'name a version that there is, or declare it: in `versions` of the service, or as a subset in a DestinationRule of your own',
  };
}
