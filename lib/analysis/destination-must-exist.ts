import { fields, type Fields, isLate, type Path, isSet, list, text } from '../json';
import { didYouMean, found, type Issue } from '../findings';
import { refOf, type Manifest } from '../manifest';
import { isNetworking, wholeHost } from './istio-host';

/** A destination somewhere in a VirtualService, and where it stands. */
interface Reached {
  readonly host: string;
  readonly subset: string | undefined;
  readonly at: Path;
}

function addDestination(value: unknown, at: Path, reached: Reached[]): void {
  const { host, subset } = fields(value);
  if (text(host) !== '') reached.push({ host: text(host), subset: isSet(subset) ? text(subset) : undefined, at });
}

function destinations(spec: Fields): Reached[] {
  const reached: Reached[] = [];
  for (const kind of ['http', 'tcp', 'tls']) {
    for (const [index, item] of list(spec[kind]).entries()) {
      const route = fields(item);
      const at = ['spec', kind, index];
      for (const field of ['route', 'mirrors']) {
        for (const [i, to] of list(route[field]).entries()) {
          addDestination(fields(to)['destination'], [...at, field, i, 'destination'], reached);
        }
      }
      addDestination(route['mirror'], [...at, 'mirror'], reached);
    }
  }
  return reached;
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
    for (const to of destinations(fields(object['spec']))) {
      const host = wholeHost(to.host, object.metadata.namespace, domain);
      if (isLate(host)) continue;
      if (!hosts.has(host) && !patterns.some((pattern) => matches(host, pattern))) {
        const facts = { host: to.host, near: nearHosts(host, hosts) };
        issues.push(found('IST0101', facts, { ...placeOf(manifest), at: [...to.at, 'host'] }));
      } else if (to.subset !== undefined && subsets.get(host)?.has(to.subset) !== true && !isLate(to.subset)) {
        const defined = subsets.get(host);
        const known = defined === undefined ? undefined : [...defined];
        const facts = { host, subset: to.subset, known };
        issues.push(found('IST0101', facts, { ...placeOf(manifest), at: [...to.at, 'subset'] }));
      }
    }
  }
  return issues;
}

const placeOf = ({ object, origin }: Manifest): Pick<Issue, 'object' | 'origin'> => ({
  object: refOf(object),
  ...(origin === undefined ? {} : { origin }),
});

/** Istio completes names without a dot only: `reviews.shop` stands for nothing but itself. */
function nearHosts(host: string, hosts: ReadonlySet<string>): string[] {
  const begun = [...hosts].filter((known) => known.startsWith(`${host}.`)).sort();
  return begun.length > 0 ? begun.slice(0, 3) : didYouMean(host, hosts);
}
