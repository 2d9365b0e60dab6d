import type { ApiObject } from 'cdk8s';
import { phaseOfKind, type Phase } from '../../lib/manifest';

const phases = new WeakMap<ApiObject, Phase>();

/** States the phase of an object whose kind does not tell it: istiod is a Deployment, yet no workload. */
export function setPhase(object: ApiObject, phase: Phase): void {
  phases.set(object, phase);
}

/** The phase that was stated for an object, or that of its kind. */
export function phaseOf(object: ApiObject): Phase {
  return phases.get(object) ?? phaseOfKind(object.apiVersion, object.kind);
}
