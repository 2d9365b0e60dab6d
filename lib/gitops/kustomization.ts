import { writeYamlValue } from '../manifest';

/** A patch of a kustomization: the file that holds it and the object it changes. */
export interface KustomizePatch {
  readonly path: string;
  readonly target: {
    readonly group?: string;
    readonly version: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
}

/** The fields of a `kustomization.yaml` we write. */
export interface Kustomization {
  readonly resources: readonly string[];
  readonly patches?: readonly KustomizePatch[];
}

/** A name as kustomize's patch targets take it: a regular expression, in which a dot is any character. */
export function namePattern(name: string): string {
  return name.replaceAll('.', '\\.');
}

/**
 * The text of a `kustomization.yaml`. The output keeps the order of `resources`, which is the order of application;
 * kustomize's own order knows neither webhooks nor Istio's kinds.
 */
export function kustomizationText({ resources, patches = [] }: Kustomization): string {
  return writeYamlValue({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...(patches.length === 0 ? {} : { patches: patches.map(({ path, target }) => ({ path, target: { ...target } })) }),
    resources: [...resources],
    sortOptions: { order: 'fifo' },
  });
}
