import { groupOf } from '../manifest';
import { ISTIO_KINDS } from './generated/kinds';

/** Istio's API groups. */
export const ISTIO_GROUPS: ReadonlySet<string> = new Set(Object.values(ISTIO_KINDS).map((facts) => facts.group));

/** True for an object of one of Istio's API groups that `validate` knows. */
export function isIstioObject(object: unknown): boolean {
  if (typeof object !== 'object' || object === null || !('apiVersion' in object)) return false;
  return typeof object.apiVersion === 'string' && ISTIO_GROUPS.has(groupOf(object.apiVersion));
}
