import * as pulumi from '@pulumi/pulumi';
import type { MeshRef } from '../../../lib/install';
import { SockShop, SOCKSHOP_SCENARIOS } from '../../../sockshop';
import { Canary } from '../../traffic';
import { MeshService } from '../../service';
import { buildTree } from '../build-tree';
import { COMPONENT_TYPES } from '../component-types';
import { MeshStack } from '../mesh-stack';
import { applicationIn, demoScenario, refuseBoth } from './demo-scenario';
import { setImages } from './set-images';

/** Arguments of a {@link SockShopStack}. */
export interface SockShopStackArgs {
  /** @default 'sock-shop' */
  readonly namespace?: string | undefined;
  /**
   * Registry the images come from, under their Docker Hub names.
   * @default 'docker.io'
   */
  readonly registry?: pulumi.Input<string> | undefined;
  /**
   * Name of a scenario to show: `canary`, `blue-green`, `catalogue-delay` ...
   * @default - the shop as it is
   */
  readonly scenario?: string | undefined;
  /**
   * Image of a second version of the front end; not beside a scenario.
   * @default - the front end has one version
   */
  readonly frontEndV2Image?: pulumi.Input<string> | undefined;
  /**
   * Percent of the requests for the second front end; needs its image.
   * @default - both versions answer
   */
  readonly percent?: pulumi.Input<number> | undefined;
  /**
   * Host names of the shop; not beside a scenario.
   * @default - every host name
   */
  readonly hosts?: pulumi.Input<string>[] | undefined;
  /**
   * Whether the services that customers feel scale with their CPU; not beside a scenario.
   * @default false
   */
  readonly autoscaling?: boolean | undefined;
  /**
   * The mesh to run in.
   * @default - a mesh of the default revision that runs already
   */
  readonly mesh?: MeshRef | undefined;
  /**
   * Do not wait for the pods to work; see {@link MeshStackOptions.skipAwait}.
   * @default false
   */
  readonly skipAwait?: boolean | undefined;
}

/** Weaveworks' Sock Shop in a namespace of its own, as it is, with a share for a new front end, or in a scenario. */
export class SockShopStack extends pulumi.ComponentResource {
  /** Address of the front end for callers inside the cluster. */
  readonly frontEndUrl: pulumi.Output<string>;
  /** Host names of the services by name. */
  readonly hosts: pulumi.Output<Record<string, string>>;
  /** Identities of the services by name, as authorization policies name them. */
  readonly principals: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: SockShopStackArgs = {}, opts: pulumi.ComponentResourceOptions = {}) {
    const { namespace = 'sock-shop', registry, scenario, frontEndV2Image, percent, hosts, autoscaling } = args;
    refuseBoth(scenario, percent ?? frontEndV2Image ?? hosts ?? autoscaling);
    if (percent !== undefined && frontEndV2Image === undefined) {
      throw new Error(
        'a percent needs a second version of the front end: give frontEndV2Image, there is no official one',
      );
    }
    const tree = buildTree(
      name,
      (chart, late) => {
        if (scenario !== undefined) demoScenario(SOCKSHOP_SCENARIOS, 'Sock Shop', scenario).build(chart);
        else {
          new SockShop(chart, 'sock-shop', {
            ...(hosts === undefined ? {} : { hosts: hosts.map((host) => late.string(host)) }),
            ...(frontEndV2Image === undefined ? {} : { frontEndV2Image: late.string(frontEndV2Image) }),
            ...(autoscaling === undefined ? {} : { autoscaling }),
          });
        }
        const shop = applicationIn(chart, SockShop);
        if (percent !== undefined) {
          const service = shop.frontEnd;
          new Canary(chart, 'front-end', { service, stable: 'v1', candidate: 'v2', percent: late.number(percent) });
        }
        if (registry !== undefined) {
          setImages(chart, (image) => image.replace(/^docker\.io(?=\/)/, () => late.string(registry)));
        }
        return shop;
      },
      {
        namespace,
        skipAwait: args.skipAwait ?? false,
        ...(args.mesh === undefined ? {} : { mesh: args.mesh }),
      },
    );
    super(COMPONENT_TYPES.SockShopStack, name, {}, opts);
    const stack = new MeshStack(name, tree, { parent: this });
    const services = Object.values(tree.made).filter(
      (member: unknown): member is MeshService => member instanceof MeshService,
    );
    const each = <T>(give: (service: MeshService) => T): Record<string, T> =>
      Object.fromEntries(services.map((service) => [service.serviceName, give(service)]));
    this.frontEndUrl = stack.urlOf(tree.made.frontEnd);
    this.hosts = pulumi.all(each((service) => stack.hostOf(service)));
    this.principals = pulumi.all(each((service) => stack.principalOf(service)));
    this.registerOutputs({ frontEndUrl: this.frontEndUrl, hosts: this.hosts, principals: this.principals });
  }
}
