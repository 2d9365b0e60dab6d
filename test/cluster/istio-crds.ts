import { BASE_RELEASE, crd, type IstioKind, type IstioRelease } from '../../lib/api';
import { releaseApi } from '../../lib/api/release';
import type { KubeObject } from '../../lib/manifest';

/** The definitions that this package makes: every kind of a release. */
export function istioCrds(release: IstioRelease = BASE_RELEASE): KubeObject[] {
  const kinds = Object.keys(releaseApi(release).kinds) as IstioKind[];
  return kinds.map((kind) => crd(kind, { istioVersion: release }) as unknown as KubeObject);
}
