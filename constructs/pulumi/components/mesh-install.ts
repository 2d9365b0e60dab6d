import * as pulumi from '@pulumi/pulumi';
import type { MeshOptions, MeshRef, ProfileName } from '../../../lib/install';
import { Mesh } from '../../mesh';
import { buildTree } from '../build-tree';
import { COMPONENT_TYPES } from '../component-types';
import { MeshStack } from '../mesh-stack';

/** Arguments of a {@link MeshInstall}. */
export interface MeshInstallArgs {
  /** @default 'default' */
  readonly profile?: ProfileName | undefined;
  /**
   * Revision of the control plane.
   * @default - the default revision
   */
  readonly revision?: string | undefined;
  /**
   * Registry and repository of the images.
   * @default 'docker.io/istio'
   */
  readonly hub?: pulumi.Input<string> | undefined;
  /**
   * Tag of the images: the Istio version, as `1.30.3`.
   * @default - the Istio version this package installs
   */
  readonly tag?: string | undefined;
  /**
   * Name of this cluster in the mesh.
   * @default 'Kubernetes'
   */
  readonly clusterName?: pulumi.Input<string> | undefined;
  /**
   * Network of this cluster.
   * @default - one network for all
   */
  readonly network?: string | undefined;
  /**
   * Every other option of an install; the arguments above win over the same ones in here.
   * @default - the profile's
   */
  readonly settings?: MeshOptions | undefined;
  /**
   * Do not wait for istiod and the gateways to work; see {@link MeshStackOptions.skipAwait}.
   * @default false
   */
  readonly skipAwait?: boolean | undefined;
}

/**
 * An install of Istio: CRDs, istiod, webhooks and gateways, one resource per object, applied in the order in which each can
 * work. istiod is waited for before anything that its webhooks check.
 *
 * @example
 * ```ts
 * const mesh = new MeshInstall('mesh', { profile: 'default' }, { provider });
 * const shop = new MeshStack('shop', build, { mesh: mesh.mesh, provider, dependsOn: [mesh] });
 * export const address = mesh.ingressAddress;
 * ```
 */
export class MeshInstall extends pulumi.ComponentResource {
  /** The mesh for other stacks: `{ mesh: install.mesh, dependsOn: [install] }`. */
  readonly mesh: MeshRef;
  /** Namespace of the control plane. */
  readonly namespace: pulumi.Output<string>;
  /** Revision of the control plane. */
  readonly revision: pulumi.Output<string>;
  /** Address of the ingress gateway; undefined where the profile has none or the cloud gave none. */
  readonly ingressAddress: pulumi.Output<string | undefined>;

  constructor(name: string, args: MeshInstallArgs = {}, opts: pulumi.ComponentResourceOptions = {}) {
    const { profile, revision, hub, tag, clusterName, network, settings = {}, skipAwait = false } = args;
    const tree = buildTree(
      name,
      (_chart, late, app) => {
        const multiCluster = {
          ...settings.multiCluster,
          ...(clusterName === undefined ? {} : { clusterName: late.string(clusterName) }),
          ...(network === undefined ? {} : { network }),
        };
        return new Mesh(app, name, {
          ...settings,
          ...(profile === undefined ? {} : { profile }),
          ...(revision === undefined ? {} : { revision }),
          ...(hub === undefined ? {} : { hub: late.string(hub) }),
          ...(tag === undefined ? {} : { tag }),
          ...(Object.keys(multiCluster).length === 0 ? {} : { multiCluster }),
        });
      },
      { skipAwait },
    );
    super(COMPONENT_TYPES.MeshInstall, name, {}, opts);
    const stack = new MeshStack(name, tree, { parent: this });
    const mesh = tree.made;
    const ingress = mesh.gateways.find((gateway) => gateway.kind === 'ingress');
    this.mesh = { settings: mesh.settings };
    this.namespace = pulumi.output(mesh.settings.namespace);
    this.revision = pulumi.output(mesh.settings.revision);
    this.ingressAddress =
      ingress === undefined
        ? pulumi.output(undefined)
        : stack.addressOf(mesh.object('Service', ingress.name, ingress.namespace));
    this.registerOutputs({
      namespace: this.namespace,
      revision: this.revision,
      ingressAddress: this.ingressAddress,
    });
  }
}
