import { groupKind, type Manifest } from './manifest';
import { PHASES } from './phase';

/** Within a phase: what others mount or select comes before those others, and the rest goes by kind. */
const RANK_IN_PHASE: Readonly<Record<string, number>> = {
  ServiceAccount: 0,
  ClusterRole: 1,
  ClusterRoleBinding: 2,
  Role: 3,
  RoleBinding: 4,
  Service: 5,
};

/** Lists that came out of {@link inOrder}, so that ordering them again costs nothing. */
const ordered = new WeakSet<readonly Manifest[]>();

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const inNamespace = ({ object: { metadata } }: Manifest): string => metadata.namespace ?? '';
const groupAndKind = ({ object: { apiVersion, kind } }: Manifest): string => groupKind(apiVersion, kind);
const rankOf = ({ object: { kind } }: Manifest): number => RANK_IN_PHASE[kind] ?? 9;

function compare(a: Manifest, b: Manifest): number {
  return (
    PHASES[a.phase] - PHASES[b.phase] ||
    compareText(inNamespace(a), inNamespace(b)) ||
    rankOf(a) - rankOf(b) ||
    (a.object.kind === b.object.kind && a.object.apiVersion === b.object.apiVersion
      ? 0
      : compareText(groupAndKind(a), groupAndKind(b))) ||
    compareText(a.object.metadata.name, b.object.metadata.name)
  );
}

/**
 * Manifests in the order of application. The result depends on the manifests alone, never on the order they were made
 * in: phase, then namespace (cluster-scoped first), then kind, then name.
 */
export function inOrder(manifests: readonly Manifest[]): readonly Manifest[] {
  if (ordered.has(manifests)) return manifests;
  const result = [...manifests].sort(compare);
  ordered.add(result);
  return result;
}
