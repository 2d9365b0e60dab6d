/** What differs between the Istio versions that an install can be made for. */
export interface IstioLine {
  /** Newest patch of the line that this project knows. */
  readonly version: string;
  /** Kubernetes minors that the line is tested on, oldest and newest. */
  readonly kubernetes: readonly [string, string];
  /** Compatibility versions that the line knows. */
  readonly compatibility: readonly string[];
}

/** Istio's lines by minor. https://istio.io/latest/docs/releases/supported-releases/ */
export const ISTIO_LINES = {
  '1.29': { version: '1.29.6', kubernetes: ['1.31', '1.35'], compatibility: ['1.24', '1.25', '1.26', '1.27', '1.28'] },
  '1.30': { version: '1.30.3', kubernetes: ['1.32', '1.36'], compatibility: ['1.25', '1.26', '1.27', '1.28', '1.29'] },
  '1.31': { version: '1.31.1', kubernetes: ['1.32', '1.36'], compatibility: ['1.26', '1.27', '1.28', '1.29', '1.30'] },
} as const satisfies Record<string, IstioLine>;

/** The Istio version an install is made for unless it says otherwise. */
export const ISTIO_VERSION = ISTIO_LINES['1.30'].version;

/** Where images come from unless an install says otherwise: the other registries of Istio are being closed. */
export const ISTIO_HUB = 'docker.io/istio';

/** Where the official charts are. */
export const ISTIO_CHARTS = 'oci://ghcr.io/istio/release/charts';

/** The Istio version that an image tag stands for: `1.30.3-distroless` is 1.30.3; the default for a tag that is not a version. */
export function versionOfTag(tag: string): string {
  return /^\d+\.\d+\.\d+(-(alpha|beta|rc)\.\d+)?/.exec(tag)?.[0] ?? ISTIO_VERSION;
}
