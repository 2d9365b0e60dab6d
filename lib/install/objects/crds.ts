import { BASE_RELEASE, crd, ISTIO_KINDS, releaseOf, type IstioKind, type IstioRelease } from '../../api';
import type { KubeObject } from '../../manifest';
import type { BaseValues } from './base-objects';
import { hasClusterScope } from './discovery/discovery-values';
import { commonLabels } from './labels';
import { versionOfTag } from '../options/version';

const minorOf = (version: string): number => Number(version.split('.')[1]);

/**
 * The API that a cluster gets: never older than the one this project's charts have, so that a control plane of an older
 * line, which reads it just as well, does not take it from a newer one beside it.
 */
function releaseFor(tag: string): IstioRelease {
  const version = versionOfTag(tag);
  if (minorOf(version) <= minorOf(BASE_RELEASE)) return BASE_RELEASE;
  try {
    return releaseOf(version);
  } catch {
    return BASE_RELEASE;
  }
}

function crdObject(kind: IstioKind, release: IstioRelease): KubeObject {
  const made = crd(kind, { istioVersion: release });
  const labels = { ...commonLabels('istio'), ...made.metadata.labels };
  return { ...made, metadata: { ...made.metadata, labels } };
}

/** The CRDs of Istio's kinds, unless the install leaves them to somebody else. */
export function crdObjects({ base, global }: BaseValues, tag: string): KubeObject[] {
  if (!base.enableIstioConfigCRDs || base.enableCRDTemplates === false) return [];
  if (!hasClusterScope(global.resourceScope)) return [];
  const release = releaseFor(tag);
  const excluded = new Set(base.excludedCRDs);
  return (Object.keys(ISTIO_KINDS) as IstioKind[])
    .map((kind) => crdObject(kind, release))
    .filter((object) => !excluded.has(object.metadata.name));
}
