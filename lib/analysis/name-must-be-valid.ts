import { isIstioObject } from '../api';
import { isDnsLabel, isDnsSubdomain, isLate } from '../json';
import { groupOf, namespaceIssues, refOf, type Manifest } from '../manifest';
import type { Issue } from '../findings';

/** What a name must be, by kind, for all kinds whose names are no DNS subdomains. */
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

function nameIssue(apiVersion: string, kind: string, name: string): Finding | undefined {
  if (apiVersion === 'v1' && kind === 'Namespace') return namespaceIssues(name)[0];
  const form = formOf(apiVersion, kind);
  if (form.isGood(name) || isLate(name)) return undefined;
  const message = `"${name}" is no name for a ${kind}`;
  return { code: 'invalid-name', severity: 'error', message, fix: `use ${form.allowed}` };
}

type Finding = Pick<Issue, 'code' | 'severity' | 'message'> & { readonly fix?: string };

/**
 * Every object has a name that its kind can have, and a namespace that can be one; the API server refuses all others.
 * Istio's own objects are checked with everything else in them. A wrong namespace is told once: where it is made, else of
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
    const add = (at: string, finding: Finding | undefined): void => {
      if (finding === undefined) return;
      issues.push({ ...finding, object: refOf(object), ...(origin === undefined ? {} : { origin }), at });
    };
    const isElsewhere = kind === 'Namespace' && elsewhere.has(name);
    if (typeof name === 'string' && !isElsewhere) add('metadata.name', nameIssue(apiVersion, kind, name));
    if (typeof namespace !== 'string' || told.has(namespace)) continue;
    told.add(namespace);
    add('metadata.namespace', namespaceIssues(namespace)[0]);
  }
  return issues;
}
