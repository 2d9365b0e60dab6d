/** Users and groups a proxy runs as. */
export interface ProxyUser {
  readonly uid: number;
  readonly gid: number;
}

/** What Istio's images and rules of traffic capture go by everywhere but on OpenShift. */
const DEFAULT_ID = 1337;

/** The last number of a block, `1000620000/10000` or `1000620000-1000629999`. */
function lastOf(block: string): number | undefined {
  const found = /^(\d+)([/-])(\d+)$/.exec(block.trim());
  if (found === null) return undefined;
  const [, start, form, end] = found;
  return form === '/' ? Number(start) + Number(end) - 1 : Number(end);
}

/**
 * The user and group of a proxy in a namespace: on OpenShift the last of the ranges that the namespace was given, so that
 * they differ from the application's; else 1337.
 *
 * Source: https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html
 */
export function proxyUser(annotations: Readonly<Record<string, string>> = {}): ProxyUser {
  const users = annotations['openshift.io/sa.scc.uid-range'];
  const groups = annotations['openshift.io/sa.scc.supplemental-groups'] ?? users;
  return {
    uid: (users === undefined ? undefined : lastOf(users)) ?? DEFAULT_ID,
    gid: (groups === undefined ? undefined : lastOf(groups.split(',')[0] ?? '')) ?? DEFAULT_ID,
  };
}
