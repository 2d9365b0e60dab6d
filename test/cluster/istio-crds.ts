import type { KubeObject } from '../../lib/manifest';
import { officialCrds } from './corpus';

/** The definitions that programs without a mesh of their own expect in the cluster. */
export function istioCrds(): KubeObject[] {
  return officialCrds('1.30.3');
}
