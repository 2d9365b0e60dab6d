import { ISTIO_RELEASES, type IstioRelease } from './generated/releases';

function minorOf(version: string): string {
  return version.split('.', 2).join('.');
}

/**
 * The known release of the same minor version: `1.30`, `1.30.1` and `1.30.3` are all 1.30.3.
 *
 * @throws Error when the API of that minor version is not known.
 */
export function releaseOf(version: string): IstioRelease {
  const release = ISTIO_RELEASES.find((known) => minorOf(known) === minorOf(version.replace(/^v/, '')));
  if (release !== undefined) return release;
  throw new Error(`The API of Istio "${version}" is not known here. Known: ${ISTIO_RELEASES.join(', ')}.`);
}
