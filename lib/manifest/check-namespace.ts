import type { Issue } from '../findings';
import { isLate } from '../json';

/** A label of DNS, as namespaces are named. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A name that no cluster takes for a namespace; late values are unknown and pass. */
export function namespaceIssues(name: string): Issue[] {
  if (isLate(name) || NAMESPACE.test(name)) return [];
  return [
    {
      code: 'invalid-name',
      severity: 'error',
      message: `"${name}" is no name for a namespace`,
      fix: 'use at most 63 lower case letters, digits and "-"; `namespace` gives a chart another name than its id',
    },
  ];
}
