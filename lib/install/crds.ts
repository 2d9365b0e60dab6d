import type { KubeObject } from '../manifest';
import type { BaseValues } from './base-objects';

/** The CRDs of Istio's kinds, unless the install leaves them to somebody else. */
export function crdObjects(_values: BaseValues, _tag: string): KubeObject[] {
  return [];
}
