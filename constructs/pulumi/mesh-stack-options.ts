import type * as pulumi from '@pulumi/pulumi';
import type { OwnedField } from '../../lib/gitops';
import type { KubeObject } from '../../lib/manifest';
import type { MeshAppProps } from '../app';
import type { MeshChartProps } from '../chart';

/** Pulumi's options for the resource of one object. Those that the stack itself decides are not among them. */
export type ObjectOptions = Omit<pulumi.CustomResourceOptions, 'parent' | 'id' | 'urn' | 'provider' | 'version'>;

/**
 * What the stack's own chart is like: its mesh (one of the default revision that runs already, unless said), its namespace (the
 * name of the stack, unless said), and the like. Charts that the callback makes say so themselves.
 */
export type StackChartProps = Partial<
  Pick<
    MeshChartProps,
    | 'mesh'
    | 'namespace'
    | 'createNamespace'
    | 'namespaceLabels'
    | 'injection'
    | 'revisionTag'
    | 'waypoint'
    | 'kubernetesVersion'
  >
>;

/** Options of a stack: Pulumi's own for components, its chart's, and how its objects become resources. */
export interface MeshStackOptions extends pulumi.ComponentResourceOptions, StackChartProps {
  /**
   * Properties of the app around the constructs: the Istio version they are for, hosts that exist outside it.
   *
   * @default - those of a MeshApp
   */
  readonly app?: Pick<MeshAppProps, 'istioVersion' | 'knownHosts'>;
  /**
   * Options for the resource of an object. `aliases` and `dependsOn` are added to the stack's own; `ignoreChanges` takes the
   * place of what the stack knows of owned fields, and an empty list means that everything is ours.
   *
   * @default - no options beyond the stack's own
   */
  readonly objects?: (object: KubeObject) => ObjectOptions | undefined;
  /**
   * Changes the list of fields that something in the cluster writes (istiod, autoscalers, Flagger, Argo Rollouts); changes of
   * ours to them are ignored.
   *
   * @default - what the objects of the stack say themselves
   */
  readonly ownedFields?: (found: readonly OwnedField[]) => readonly OwnedField[];
  /**
   * Do not wait for any Deployment, Service or the like to work. Only for clusters where nothing runs: without waiting for
   * istiod, its webhooks may not answer yet when routes are applied.
   *
   * @default false
   */
  readonly skipAwait?: boolean;
}

/** The options that are about the chart of the stack. */
export function chartOptions(options: MeshStackOptions): StackChartProps {
  return own(options, CHART);
}

/** The options that are Pulumi's. */
export function componentOptions(options: MeshStackOptions): pulumi.ComponentResourceOptions {
  const others = new Set<string>([...CHART, ...OBJECTS]);
  return Object.fromEntries(Object.entries(options).filter(([key]) => !others.has(key)));
}

const CHART = [
  'mesh',
  'namespace',
  'createNamespace',
  'namespaceLabels',
  'injection',
  'revisionTag',
  'waypoint',
  'kubernetesVersion',
] as const;
const OBJECTS = ['app', 'objects', 'ownedFields', 'skipAwait'] as const;

function own<T extends object, K extends keyof T>(options: T, keys: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(
    keys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]),
  ) as Partial<Pick<T, K>>;
}
