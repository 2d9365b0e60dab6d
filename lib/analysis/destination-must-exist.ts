import { fields, type Fields, isLate, isSet, list, text } from '../json';
import { didYouMean, type Issue } from '../findings';
import { refOf, type Manifest } from '../manifest';
import { isNetworking, wholeHost } from './istio-host';

/** A destination somewhere in a VirtualService, and where it stands. */
interface Found {
  readonly host: string;
  readonly subset: string | undefined;
  readonly at: string;
}

function addDestination(value: unknown, at: string, found: Found[]): void {
  const { host, subset } = fields(value);
  if (text(host) !== '') found.push({ host: text(host), subset: isSet(subset) ? text(subset) : undefined, at });
}

function destinations(spec: Fields): Found[] {
  const found: Found[] = [];
  for (const kind of ['http', 'tcp', 'tls']) {
    for (const [index, item] of list(spec[kind]).entries()) {
      const route = fields(item);
      const at = `spec.${kind}[${index}]`;
      for (const field of ['route', 'mirrors']) {
        for (const [i, to] of list(route[field]).entries()) {
          addDestination(fields(to)['destination'], `${at}.${field}[${i}].destination`, found);
        }
      }
      addDestination(route['mirror'], `${at}.mirror`, found);
    }
  }
  return found;
}

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
    } else if (isNetworking(object, 'ServiceEntry')) {
      const spec = fields(object['spec']);
      for (const host of list(spec['hosts'])) hosts.add(String(host));
    } else if (isNetworking(object, 'DestinationRule')) {
      const spec = fields(object['spec']);
      const host = wholeHost(text(spec['host']), namespace, domain);
      const names = subsets.get(host) ?? new Set<string>();
      for (const subset of list(spec['subsets'])) names.add(String(fields(subset)['name']));
      subsets.set(host, names);
    }
  }
  const patterns = [...hosts].filter((host) => host.startsWith('*'));
  const issues: Issue[] = [];
  for (const manifest of manifests) {
    const { object } = manifest;
    if (!isNetworking(object, 'VirtualService')) continue;
    for (const found of destinations(fields(object['spec']))) {
      const host = wholeHost(found.host, object.metadata.namespace, domain);
      if (isLate(host)) continue;
      if (!hosts.has(host) && !patterns.some((pattern) => matches(host, pattern))) {
        issues.push({ ...unknownHost(found, host, hosts), ...placeOf(manifest) });
      } else if (found.subset !== undefined && subsets.get(host)?.has(found.subset) !== true && !isLate(found.subset)) {
        issues.push({ ...unknownSubset(found, found.subset, host, subsets.get(host)), ...placeOf(manifest) });
      }
    }
  }
  return issues;
}

const placeOf = ({ object, origin }: Manifest): Pick<Issue, 'object' | 'origin'> => ({
  object: refOf(object),
  ...(origin === undefined ? {} : { origin }),
});

function unknownHost(found: Found, host: string, hosts: ReadonlySet<string>): Issue {
  // Istio completes names without a dot only: `reviews.shop` stands for nothing but itself.
  const begun = [...hosts].filter((known) => known.startsWith(`${host}.`)).sort();
  const near = begun.length > 0 ? begun.slice(0, 3) : didYouMean(host, hosts);
  return {
    code: 'IST0101',
    severity: 'error',
    message:
      `the host "${found.host}" is none that this app knows` +
      (near.length > 0 ? `; did you mean ${near.map((name) => `"${name}"`).join(' or ')}?` : ''),
    at: `${found.at}.host`,
    fix: 'route to a service object, or declare the host: MeshService.named, a ServiceEntry, or knownHosts of the app',
  };
}

function unknownSubset(found: Found, subset: string, host: string, defined: ReadonlySet<string> | undefined): Issue {
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
    at: `${found.at}.subset`,
    fix: 'name a version that there is, or declare it: in `versions` of the service, or as a subset in a DestinationRule of your own',
  };
}
