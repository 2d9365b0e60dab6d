import type { Manifest } from '../../manifest';
import type { InstallSpec } from '../options/spec';
import { argoCdApplications } from './argo-cd';
import { fluxReleases } from './flux';
import { istioOperator } from './istio-operator';
import { sailResources } from './sail';

/**
 * Who makes the objects of an install in the cluster: `argo-cd` and `flux` by Istio's charts, `sail` by its operator,
 * `istio-operator` by `istioctl install -f`.
 */
export const INSTALL_FORMS = ['argo-cd', 'flux', 'istio-operator', 'sail'] as const;

/** One of {@link INSTALL_FORMS}. */
export type InstallForm = (typeof INSTALL_FORMS)[number];

const WRITERS = {
  'argo-cd': argoCdApplications,
  flux: fluxReleases,
  'istio-operator': (spec: InstallSpec) => [istioOperator(spec)],
  sail: sailResources,
} as const satisfies Record<InstallForm, unknown>;

/**
 * An install as the objects of somebody who makes it in the cluster.
 *
 * @throws IssueError for settings that the form has no place for.
 */
export function formManifests(spec: InstallSpec, form: InstallForm): Manifest[] {
  return WRITERS[form](spec).map((object) => ({ object, phase: 'control-plane' }));
}
