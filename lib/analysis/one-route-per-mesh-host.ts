import { fields, isLate, list, text, type Path } from '../json';
import { displayRef, found, type Issue } from '../findings';
import { refOf, type Manifest } from '../manifest';
import { isNetworking, wholeHost } from './istio-host';

/** A host that a VirtualService routes inside the mesh, and the namespaces whose proxies see it. */
interface Claim {
  readonly manifest: Manifest;
  readonly at: Path;
  readonly host: string;
  readonly seenIn: 'everywhere' | ReadonlySet<string>;
}

function seenIn(exportTo: readonly unknown[], namespace: string): Claim['seenIn'] {
  if (exportTo.length === 0 || exportTo.includes('*')) return 'everywhere';
  return new Set(exportTo.map((name) => (name === '.' ? namespace : text(name))));
}

/** The hosts of a VirtualService, where proxies of the mesh take it. */
function claims(manifest: Manifest, domain: string): Claim[] {
  const { metadata, ['spec']: spec } = manifest.object;
  const { hosts, gateways, exportTo } = fields(spec);
  if (list(gateways).length > 0 && !list(gateways).includes('mesh')) return [];
  const { namespace = 'default' } = metadata;
  return list(hosts).map((host, index) => ({
    manifest,
    at: ['spec', 'hosts', index],
    host: wholeHost(text(host), namespace, domain),
    seenIn: seenIn(list(exportTo), namespace),
  }));
}

/** Where some proxy sees both; where one of them is for everybody, the finding is about the other one. */
function meets(claim: Claim, other: Claim): boolean {
  if (claim.seenIn === 'everywhere') return other.seenIn === 'everywhere';
  if (other.seenIn === 'everywhere') return true;
  const others = other.seenIn;
  return [...claim.seenIn].some((namespace) => others.has(namespace));
}

const originOf = ({ origin }: Manifest): { origin?: string } => (origin === undefined ? {} : { origin });

/**
 * A host is routed inside the mesh by one VirtualService: of several that a proxy sees, Istio takes one and leaves the
 * others out without a word. Those bound to gateways alone are merged, and no matter here.
 *
 * @see https://istio.io/latest/docs/reference/config/analysis/ist0109/
 */
export function oneRoutePerMeshHost(manifests: readonly Manifest[], clusterDomain = 'cluster.local'): Issue[] {
  const byHost = new Map<string, Claim[]>();
  for (const manifest of manifests) {
    if (!isNetworking(manifest.object, 'VirtualService')) continue;
    for (const claim of claims(manifest, clusterDomain)) {
      const same = byHost.get(claim.host);
      if (same === undefined) byHost.set(claim.host, [claim]);
      else same.push(claim);
    }
  }
  const issues: Issue[] = [];
  for (const [host, same] of byHost) {
    if (same.length < 2 || isLate(host)) continue;
    for (const claim of same) {
      const other = same.find((one) => one.manifest !== claim.manifest && meets(claim, one));
      if (other === undefined) continue;
      issues.push(
        found(
          'IST0109',
          { host, other: displayRef(refOf(other.manifest.object)) },
          {
            object: refOf(claim.manifest.object),
            ...originOf(claim.manifest),
            at: claim.at,
            related: [{ message: 'the other one', ...originOf(other.manifest) }],
          },
        ),
      );
    }
  }
  return issues;
}
