import { found, type FactsOf, type Issue } from '../findings';
import { isDnsLabel, isLate } from '../json';

/** What is wrong with the name of a namespace, as facts; undefined for a good one. Late values are unknown and pass. */
export function namespaceFacts(name: string): FactsOf<'invalid-name'> | undefined {
  if (isLate(name) || isDnsLabel(name)) return undefined;
  const allowed = 'at most 63 lower case letters, digits and "-"; `namespace` gives a chart another name than its id';
  return { name, what: 'namespace', allowed };
}

/** A name that the API server refuses for a namespace. */
export function namespaceIssues(name: string): Issue[] {
  const facts = namespaceFacts(name);
  return facts === undefined ? [] : [found('invalid-name', facts)];
}
