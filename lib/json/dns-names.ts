/** The syntax of names: of Kubernetes, as its API server checks it, and of hosts, as Istio's webhook does. */

const LABEL_MOST = 63;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL_OF_ANY_CASE = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const WILDCARD_LABEL = /^(?:\*|(?:\*-?)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;

/** A DNS label in lower case: the name of a namespace, a version, a container. */
export function isDnsLabel(text: string): boolean {
  return text.length <= LABEL_MOST && LABEL.test(text);
}

/** A DNS label in lower case that begins with a letter: the name of a Service. */
export function isServiceName(text: string): boolean {
  return isDnsLabel(text) && /^[a-z]/.test(text);
}

/** The name of a port, as Services and containers both take it: at most 15 characters, a letter, no two hyphens in a row. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && LABEL.test(text) && /[a-z]/.test(text) && !text.includes('--');
}

/** Dot-separated DNS labels in lower case, at most 253 characters: the name of an object. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && SUBDOMAIN.test(text);
}

/** A host that clients can ask a gateway for: `*`, or at least two DNS labels in lower case, the first of which may be `*`. */
export function isPublicHost(text: string): boolean {
  if (text === '*') return true;
  const [first = '', ...others] = text.split('.');
  return others.length > 0 && (first === '*' || isDnsLabel(first)) && others.every(isDnsLabel);
}

/** A DNS label as Istio takes it: in either case. */
export function isLabel(text: string): boolean {
  return text.length <= LABEL_MOST && LABEL_OF_ANY_CASE.test(text);
}

/** A DNS label in either case that may be, or begin with, a wildcard. */
export function isWildcardLabel(text: string): boolean {
  return text.length <= LABEL_MOST && WILDCARD_LABEL.test(text);
}

/** The key of a label or annotation: a name of at most 63 characters, with an optional `prefix/`. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  if (slash >= 0 && !isDnsSubdomain(text.slice(0, slash))) return false;
  return name.length <= 63 && NAME_PART.test(name);
}

/** The value of a label. */
export function isLabelValue(text: string): boolean {
  return text.length <= 63 && LABEL_VALUE.test(text);
}
