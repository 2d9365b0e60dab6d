import { isIstioObject } from '../api';
import { isDnsLabel, isDnsSubdomain, isLate } from '../json';
import { groupOf, namespaceFacts, refOf, type Manifest } from '../manifest';
import { found, type FactsOf, type Issue } from '../findings';

type NameFacts = FactsOf<'invalid-name'>;

/** What a name must be, by kind, for all kinds whose names are not DNS subdomains. */
interface NameForm {
  readonly isGood: (name: string) => boolean;
  readonly allowed: string;
}

const SUBDOMAIN: NameForm = {
  isGood: isDnsSubdomain,
  allowed: 'lower case letters, digits, "-" and ".", at most 253 characters, a letter or digit at both ends',
};

/** Kubernetes takes a digit at the start from 1.34 on, and only where its operators ask for it. */
const SERVICE: NameForm = {
  isGood: (name) => isDnsLabel(name) && /^[a-z]/.test(name),
  allowed: 'lower case letters, digits and "-", at most 63 characters, a letter first and a letter or digit last',
};

/** Part of a path: roles of Kubernetes itself are called `system:node`. */
const PATH_SEGMENT: NameForm = {
  isGood: (name) => name !== '.' && name !== '..' && !/[/%]/.test(name),
  allowed: 'anything but "/" and "%"',
};

function formOf(apiVersion: string, kind: string): NameForm {
  if (apiVersion === 'v1' && kind === 'Service') return SERVICE;
  const group = groupOf(apiVersion);
  // Trust bundles are named after their signer, addresses after themselves: both hold colons.
  const isFree = group === 'rbac.authorization.k8s.io' || kind === 'ClusterTrustBundle' || kind === 'IPAddress';
  return isFree ? PATH_SEGMENT : SUBDOMAIN;
}

/** What is wrong with a name, as facts; undefined for a good one. */
function nameFacts(apiVersion: string, kind: string, name: string): NameFacts | undefined {
  if (apiVersion === 'v1' && kind === 'Namespace') return namespaceFacts(name);
  const form = formOf(apiVersion, kind);
  return form.isGood(name) || isLate(name) ? undefined : { name, what: kind, allowed: form.allowed };
}

/**
 * Every object has a name that its kind can have, and a namespace that can be one; the API server refuses all others.
 * Istio's own objects are checked with everything else in them. A wrong namespace is reported once: where it is made, else of
 * the first object in it.
 *
 * @param checked namespaces that are checked elsewhere
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function nameMustBeValid(manifests: readonly Manifest[], checked: Iterable<string> = []): Issue[] {
  const issues: Issue[] = [];
  const elsewhere = new Set(checked);
  const told = new Set(elsewhere);
  for (const { object } of manifests) if (object.kind === 'Namespace') told.add(object.metadata.name);
  for (const { object, origin } of manifests) {
    if (isIstioObject(object)) continue;
    const { apiVersion, kind, metadata } = object;
    const { name, namespace } = metadata;
    const add = (field: 'name' | 'namespace', facts: NameFacts | undefined): void => {
      if (facts === undefined) return;
      issues.push(found('invalid-name', facts, { object: refOf(object), origin, at: ['metadata', field] }));
    };
    const isElsewhere = kind === 'Namespace' && elsewhere.has(name);
    if (typeof name === 'string' && !isElsewhere) add('name', nameFacts(apiVersion, kind, name));
    if (typeof namespace !== 'string' || told.has(namespace)) continue;
    told.add(namespace);
    add('namespace', namespaceFacts(namespace));
  }
  return issues;
}
