import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { ArgoCdLayout, FluxLayout } from '../../../lib/gitops';
import { manifestOf, readYaml, type KubeObject, type Manifest } from '../../../lib/manifest';
import { deployment, object } from '../../support/objects-of-a-mesh';

export const ARGO: ArgoCdLayout = { layout: 'argocd', repoURL: 'https://git.example.com/shop.git', path: 'prod' };
export const FLUX: FluxLayout = {
  layout: 'flux',
  source: { kind: 'OCIRepository', url: 'oci://registry.example.com/shop' },
  path: './prod',
};

/** What the CRD schemas of Argo CD and Flux say; the models are ES modules, hence a process of its own. */
export function schemaProblems(objects: readonly unknown[]): string[] {
  const script = join(__dirname, 'fixtures', 'validate-models.mjs');
  return JSON.parse(
    execFileSync(process.execPath, [script], { input: JSON.stringify(objects), encoding: 'utf8' }),
  ) as string[];
}

export const read = (text: string): KubeObject[] => readYaml(text).objects.map((entry) => entry.object);

export interface Application extends KubeObject {
  readonly spec: {
    readonly source: { readonly path: string; readonly repoURL: string };
    readonly ignoreDifferences?: readonly Record<string, unknown>[];
    readonly syncPolicy: { readonly syncOptions: readonly string[]; readonly automated?: unknown };
  };
}

export interface FluxKustomization extends KubeObject {
  readonly spec: {
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly healthChecks?: readonly { readonly name: string }[];
    readonly wait?: boolean;
    readonly path: string;
    readonly patches?: readonly { readonly patch: string; readonly target: Record<string, unknown> }[];
  };
}

export const rollouts = (): Manifest[] =>
  [
    object('argoproj.io/v1alpha1', 'Rollout', 'shop/ratings', {
      spec: {
        workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'ratings', scaleDown: 'onsuccess' },
        strategy: {
          canary: {
            stableService: 'ratings-stable',
            canaryService: 'ratings-canary',
            trafficRouting: { istio: { virtualService: { name: 'ratings' }, destinationRule: { name: 'ratings' } } },
          },
        },
      },
    }),
    object('v1', 'Service', 'shop/ratings-stable', { spec: { selector: { app: 'ratings' } } }),
    object('networking.istio.io/v1', 'VirtualService', 'shop/ratings', {
      spec: { hosts: ['ratings'], http: [{ route: [{ destination: { host: 'ratings' }, weight: 100 }] }] },
    }),
    object('networking.istio.io/v1', 'DestinationRule', 'shop/ratings', {
      spec: { host: 'ratings', subsets: [{ name: 'stable', labels: { app: 'ratings' } }] },
    }),
    object('flagger.app/v1beta1', 'Canary', 'shop/details', {
      spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'details' }, service: { port: 9080 } },
    }),
    deployment('shop/ratings', 1, 'docker.io/example/ratings:1'),
    deployment('shop/details', 1, 'docker.io/example/details:1'),
  ].map((value) => manifestOf(value));
