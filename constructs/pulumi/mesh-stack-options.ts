import type * as pulumi from '@pulumi/pulumi';
import type { MeshRef } from '../../lib/install/mesh-ref';
import type { KubeObject } from '../../lib/manifest';
import type { RuntimeFieldRule } from './runtime-fields';

/** Pulumi's options for the resource of one object. Those that the stack itself decides are not among them. */
export type ObjectOptions = Omit<pulumi.CustomResourceOptions, 'parent' | 'id' | 'urn' | 'provider' | 'version'>;

/** Options of a stack: Pulumi's own for components, and how its objects become resources. */
export interface MeshStackOptions extends pulumi.ComponentResourceOptions {
  /**
   * The mesh that the stack's own chart belongs to. Charts that the callback makes name their own.
   *
   * @default - a mesh of the default revision that runs already
   */
  readonly mesh?: MeshRef;
  /**
   * Options for the resource of an object. `aliases` and `dependsOn` are added to the stack's own; `ignoreChanges` takes the
   * place of what `runtimeFields` would say, and an empty list means that everything is ours.
   *
   * @default - no options beyond the stack's own
   */
  readonly objects?: (object: KubeObject) => ObjectOptions | undefined;
  /**
   * Which fields something in the cluster owns; changes to them are ignored.
   *
   * @default - {@link RUNTIME_FIELDS}
   */
  readonly runtimeFields?: readonly RuntimeFieldRule[];
  /**
   * Do not wait for any Deployment, Service or the like to work. Only for clusters where nothing runs: without waiting for
   * istiod, its webhooks may not answer yet when routes are applied.
   *
   * @default false
   */
  readonly skipAwait?: boolean;
}
