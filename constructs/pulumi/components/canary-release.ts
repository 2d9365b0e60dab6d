import * as pulumi from '@pulumi/pulumi';
import type { MeshRef } from '../../../lib/install';
import { Canary } from '../../traffic';
import { MeshService } from '../../service';
import { buildTree } from '../build-tree';
import { COMPONENT_TYPES } from '../component-types';
import { MeshStack } from '../mesh-stack';

/** Arguments of a {@link CanaryRelease}. */
export interface CanaryReleaseArgs {
  /** Name of the Service; it exists already. */
  readonly service: string;
  /** Its namespace. */
  readonly namespace: string;
  /** The port of the Service that requests come to, spoken in HTTP. */
  readonly port: number;
  /** The version that is known to work: the value of its pods' label `version`. */
  readonly stable: string;
  /** The version on trial. */
  readonly candidate: string;
  /** Percent of the requests for the candidate, a whole number from 0 to 100. */
  readonly percent: pulumi.Input<number>;
  /**
   * The mesh the service is in.
   * @default - a mesh of the default revision that runs already
   */
  readonly mesh?: MeshRef | undefined;
}

/**
 * Sends a share of the requests of a service that exists already to a new version of it. Changing `percent` changes one
 * resource.
 *
 * Becomes the VirtualService and the DestinationRule of the service.
 */
export class CanaryRelease extends pulumi.ComponentResource {
  /** Host name of the service inside the cluster. */
  readonly host: pulumi.Output<string>;
  /** Percent of the requests for the candidate. */
  readonly percent: pulumi.Output<number>;

  constructor(name: string, args: CanaryReleaseArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { service, namespace, port, stable, candidate, percent, mesh } = args;
    const tree = buildTree(
      name,
      (chart, late) => {
        const named = MeshService.named(service, { port, versions: [stable, candidate] });
        new Canary(chart, 'canary', { service: named, stable, candidate, percent: late.number(percent) });
        return named.traffic(chart).host.fqdn;
      },
      { namespace, createNamespace: false, ...(mesh === undefined ? {} : { mesh }) },
    );
    super(COMPONENT_TYPES.CanaryRelease, name, {}, opts);
    new MeshStack(name, tree, { parent: this });
    this.host = pulumi.output(tree.made);
    this.percent = pulumi.output(percent);
    this.registerOutputs({ host: this.host, percent: this.percent });
  }
}
