import { inOrder, writeYaml, type KubeObject, type Manifest } from '../manifest';
import {
  argoCdFiles,
  type ArgoCdLayout,
  chartNames,
  chartOf,
  fluxFiles,
  type FluxLayout,
  kustomizationText,
  objectFiles,
} from '../gitops';

/** Layouts that need nothing said but their name. */
export const PLAIN_LAYOUTS = ['objects', 'charts', 'single', 'kustomize'] as const;

/** A name of `PLAIN_LAYOUTS`. */
export type PlainLayout = (typeof PLAIN_LAYOUTS)[number];

/**
 * How the objects of an output are divided into files. The objects are the same in each.
 *
 * - `'objects'`: one file per object, `<phase>/<namespace>/<kind>-<name>.yaml`, so that file order is the order of application;
 * - `'charts'`: one file per chart, `<chart>.k8s.yaml`, as cdk8s writes them;
 * - `'single'`: everything in `app.k8s.yaml`, in the order of application;
 * - `'kustomize'`: as `'objects'`, with a `kustomization.yaml`; several environments become a base and overlays;
 * - {@link ArgoCdLayout}: Applications with sync waves;
 * - {@link FluxLayout}: Flux Kustomizations that wait for each other.
 */
export type Layout = PlainLayout | ArgoCdLayout | FluxLayout;

function chartFiles(manifests: readonly Manifest[]): Map<string, string> {
  const names = chartNames(manifests.map(chartOf));
  const byChart = new Map<string, KubeObject[]>();
  for (const manifest of inOrder(manifests)) {
    const name = names.get(chartOf(manifest)) ?? '';
    const objects = byChart.get(name);
    if (objects === undefined) byChart.set(name, [manifest.object]);
    else objects.push(manifest.object);
  }
  return new Map([...byChart.keys()].sort().map((name) => [`${name}.k8s.yaml`, writeYaml(byChart.get(name) ?? [])]));
}

/**
 * The files of an output, text by path. A pure function of the manifests: their order does not matter, and a file
 * changes only when an object in it does.
 */
export function layOut(manifests: readonly Manifest[], layout: Layout = 'objects'): Map<string, string> {
  const ordered = inOrder(manifests);
  if (typeof layout === 'object') {
    return layout.layout === 'argocd' ? argoCdFiles(ordered, layout) : fluxFiles(ordered, layout);
  }
  switch (layout) {
    case 'objects':
      return objectFiles(ordered);
    case 'charts':
      return chartFiles(ordered);
    case 'single':
      return new Map([['app.k8s.yaml', writeYaml(ordered.map(({ object }) => object))]]);
    case 'kustomize': {
      const files = objectFiles(ordered);
      return new Map([['kustomization.yaml', kustomizationText({ resources: [...files.keys()] })], ...files]);
    }
  }
}
