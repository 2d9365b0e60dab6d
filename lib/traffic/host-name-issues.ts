import { isLate } from '../json';
import type { Issue } from '../findings';

const LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

/** `*`, or a name with at least one dot whose first part may be `*`. */
const HOST_NAME = new RegExp(`^(\\*|(\\*|${LABEL})(\\.${LABEL})+)$`);

/** A text that no gateway takes for the name of a host; late values are unknown and pass. */
export function hostNameIssues(name: string, origin: string): Issue[] {
  if (isLate(name) || HOST_NAME.test(name)) return [];
  return [
    {
      code: 'invalid-host',
      severity: 'error',
      origin,
      message: `"${name}" is no host name that a gateway can answer to`,
      fix: 'write it like "shop.example.com", "*.example.com" or "*": lower case, no scheme, no port, no path',
    },
  ];
}
