import { isLate } from '../../json';
import { found, type Issue } from '../../findings';

const LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

/** `*`, or a name with at least one dot whose first part may be `*`. */
const HOST_NAME = new RegExp(`^(\\*|(\\*|${LABEL})(\\.${LABEL})+)$`);

/** A string that no gateway takes for the name of a host; late values are unknown and pass. */
export function hostNameIssues(name: string, origin: string): Issue[] {
  if (isLate(name) || HOST_NAME.test(name)) return [];
  return [found('invalid-gateway-host', { host: name }, { origin })];
}
