import * as pulumi from '@pulumi/pulumi';
import { Bookinfo, BOOKINFO_SCENARIOS } from '../../../bookinfo';
import type { MeshRef } from '../../../lib/install';
import { Canary } from '../../traffic';
import { buildTree } from '../build-tree';
import { COMPONENT_TYPES } from '../component-types';
import { MeshStack } from '../mesh-stack';
import { applicationIn, demoScenario, refuseBoth } from './demo-scenario';
import { setImages } from './set-images';

const IMAGE = /^(docker\.io\/istio)(\/examples-bookinfo-[^:]+):(.+)$/;

/** Arguments of a {@link BookinfoStack}. */
export interface BookinfoStackArgs {
  /** @default 'bookinfo' */
  readonly namespace?: string | undefined;
  /**
   * Registry and repository of Bookinfo's images.
   * @default 'docker.io/istio'
   */
  readonly hub?: pulumi.Input<string> | undefined;
  /**
   * Tag of Bookinfo's images.
   * @default - the one this package knows
   */
  readonly tag?: pulumi.Input<string> | undefined;
  /**
   * Name of a scenario to show: `90-10`, `jason`, `ratings-delay` ...
   * @default - Bookinfo as it is
   */
  readonly scenario?: string | undefined;
  /**
   * Percent of the requests to reviews for v2, the rest being v1's; not beside a scenario.
   * @default - every version answers
   */
  readonly percent?: pulumi.Input<number> | undefined;
  /**
   * Host names of the page; not beside a scenario.
   * @default - every host name
   */
  readonly hosts?: pulumi.Input<string>[] | undefined;
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

/** Istio's Bookinfo in a namespace of its own, as it is, with a share for a new version, or in one of its scenarios. */
export class BookinfoStack extends pulumi.ComponentResource {
  /** Address of the page for callers inside the cluster. */
  readonly productpageUrl: pulumi.Output<string>;
  /** Host names of the services by name. */
  readonly hosts: pulumi.Output<Record<string, string>>;
  /** Identities of the services by name, as authorization policies name them. */
  readonly principals: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: BookinfoStackArgs = {}, opts: pulumi.ComponentResourceOptions = {}) {
    const { namespace = 'bookinfo', hub, tag, scenario, percent, hosts, mesh, skipAwait = false } = args;
    refuseBoth(scenario, percent ?? hosts);
    const tree = buildTree(
      name,
      (chart, late) => {
        if (scenario !== undefined) demoScenario(BOOKINFO_SCENARIOS, 'Bookinfo', scenario).build(chart);
        else
          new Bookinfo(chart, 'bookinfo', hosts === undefined ? {} : { hosts: hosts.map((host) => late.string(host)) });
        const bookinfo = applicationIn(chart, Bookinfo);
        if (percent !== undefined) {
          const service = bookinfo.reviews;
          new Canary(chart, 'reviews', { service, stable: 'v1', candidate: 'v2', percent: late.number(percent) });
        }
        setImages(chart, (image) =>
          image.replace(IMAGE, (_whole, from: string, path: string, old: string) => {
            return `${late.string(hub ?? from)}${path}:${late.string(tag ?? old)}`;
          }),
        );
        return bookinfo;
      },
      { namespace, skipAwait, ...(mesh === undefined ? {} : { mesh }) },
    );
    super(COMPONENT_TYPES.BookinfoStack, name, {}, opts);
    const stack = new MeshStack(name, tree, { parent: this });
    const { productpage, details, reviews, ratings } = tree.made;
    const services = { productpage, details, reviews, ratings };
    const each = <T>(give: (service: (typeof services)[keyof typeof services]) => T): Record<string, T> =>
      Object.fromEntries(Object.entries(services).map(([key, service]) => [key, give(service)]));
    this.productpageUrl = stack.urlOf(productpage);
    this.hosts = pulumi.all(each((service) => stack.hostOf(service)));
    this.principals = pulumi.all(each((service) => stack.principalOf(service)));
    this.registerOutputs({
      productpageUrl: this.productpageUrl,
      hosts: this.hosts,
      principals: this.principals,
    });
  }
}
