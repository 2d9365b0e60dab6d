/**
 * The type token that the Kubernetes provider knows an object by. The provider acts on the object's own apiVersion and
 * kind and accepts a token that says something else, so tokens are derived here and written nowhere by hand.
 */
export function typeToken(apiVersion: string, kind: string): string {
  return `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}
