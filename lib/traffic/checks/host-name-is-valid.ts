import { isLate, isPublicHost } from '../../json';
import { found, type Issue } from '../../findings';

/** A string that no gateway takes for the name of a host; late values are unknown and pass. */
export function hostNameIssues(name: string, origin: string): Issue[] {
  if (isLate(name) || isPublicHost(name)) return [];
  return [found('invalid-gateway-host', { host: name }, { origin })];
}
