type Texts = Readonly<Record<string, string>>;

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';
const INJECTION = 'istio-injection';

/**
 * Why the API server would not send a pod to the injector of a revision, by the labels of its namespace and its own, as
 * a clause; undefined when it would. The revision without a name is `default`, and goes by `istio-injection` too.
 *
 * Source: https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy, and
 * the selectors of the webhooks istiod is installed with
 */
export function notSelectedBecause(namespace: Texts, pod: Texts, revision: string): string | undefined {
  const [injection, namespaceRevision] = [namespace[INJECTION], namespace[REVISION]];
  const isDefault = revision === 'default';
  if (pod[INJECT] === 'false') return `the label ${INJECT} of the pod is false`;
  if (injection !== undefined) {
    if (injection === 'enabled' && isDefault) return undefined;
    return `the namespace has ${INJECTION}: ${injection}${isDefault ? '' : `, which the revision "${revision}" does not go by`}`;
  }
  if (namespaceRevision !== undefined) {
    if (namespaceRevision === revision) return undefined;
    return `the namespace has ${REVISION}: ${namespaceRevision}, and this is the revision "${revision}"`;
  }
  if (pod[REVISION] !== undefined) {
    if (pod[REVISION] === revision) return undefined;
    return `the pod has ${REVISION}: ${pod[REVISION]}, and this is the revision "${revision}"`;
  }
  if (isDefault && pod[INJECT] === 'true') return undefined;
  return isDefault
    ? `neither the namespace has ${INJECTION}: enabled nor the pod ${INJECT}: "true"`
    : `neither the namespace nor the pod has ${REVISION}: ${revision}`;
}
