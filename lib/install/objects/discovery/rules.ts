/** One rule of a Role or ClusterRole. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** A rule over resources of one API group. */
export function rule(group: string | readonly string[], resources: readonly string[], verbs: readonly string[]): Rule {
  return { apiGroups: typeof group === 'string' ? [group] : group, resources, verbs };
}

/** Verbs for reading. The order differs between Istio's rules and is kept, so that a comparison with them is empty. */
export const READ = ['get', 'list', 'watch'] as const;
export const READ_WATCHING = ['get', 'watch', 'list'] as const;

/** Verbs for owning an object. */
export const OWN = ['get', 'watch', 'list', 'update', 'patch', 'create', 'delete'] as const;

/** The API groups of Istio's configuration; old ones too, for revisions of older versions beside this one. */
export const ISTIO_GROUPS = [
  'config.istio.io',
  'security.istio.io',
  'networking.istio.io',
  'authentication.istio.io',
  'rbac.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
] as const;

/** The API group of multi-cluster services, which platforms may rename. */
export function mcsGroup(env: Readonly<Record<string, unknown>>): string {
  const group = env.MCS_API_GROUP;
  return typeof group === 'string' && group !== '' ? group : 'multicluster.x-k8s.io';
}
