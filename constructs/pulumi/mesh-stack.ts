import * as pulumi from '@pulumi/pulumi';
import type { IConstruct } from 'constructs';
import { formatIssue } from '../../lib/findings';
import { STACK_TYPE } from './component-types';
import type { MeshService } from '../service';
import type { KubeResource } from './kube-resource';
import { lateOutput } from './late-output';
import { loadBalancerAddress } from './load-balancer-address';
import { registerObjects, type RegisteredObject } from './register-objects';
import { requireEngine } from './require-engine';
import { componentOptions, type MeshStackOptions } from './mesh-stack-options';
import { withShortStacks } from './short-stack';
import type { BuildStack } from './build-stack';
import { buildTree, StackTree } from './build-tree';

/**
 * Constructs under Pulumi: everything that the callback builds becomes one Pulumi resource per Kubernetes object. Any
 * construct goes: of this package, of cdk8s-plus, or a plain `ApiObject`.
 *
 * The tree is built and checked whole before the first resource is registered. Objects are applied phase by phase
 * (namespaces, CRDs, control plane, webhooks, workloads, routes ...), and removed the other way round. Resources are named
 * after their objects, so constructs can be renamed and moved freely.
 *
 * @throws MeshStackError with every finding, each with its construct path, when the tree has errors
 *
 * @example
 * ```ts
 * const shop = new MeshStack('shop', (chart, late) => {
 *   new MeshService(chart, 'reviews', { port: 9080, versions: { v1: { image: late.string(image.imageUri) } } });
 * }, { provider });
 * ```
 */
export class MeshStack extends pulumi.ComponentResource {
  // A private map: a public one would print every object when a program exports its stack.
  readonly #registered: ReadonlyMap<IConstruct, readonly RegisteredObject[]>;

  /**
   * @param build - builds the constructs; or a tree that was built already, by a component that had to know it is right before it
   * registered itself
   */
  constructor(name: string, build: BuildStack | StackTree, options: MeshStackOptions = {}) {
    requireEngine(name);
    const tree = build instanceof StackTree ? build : buildTree(name, build, options);
    super(STACK_TYPE, name, {}, componentOptions(options));
    for (const issue of tree.warnings) void pulumi.log.warn(formatIssue(issue).replace(/^(warning|info): /, ''), this);
    this.#registered = withShortStacks(() => registerObjects(this, name, tree, options));
    this.registerOutputs();
  }

  /**
   * The resource of a construct's object. A construct that makes several has one that stands for it (cdk8s's default
   * child), or is asked by {@link resourcesOf}.
   *
   * @throws Error when the construct is not of this stack, or makes no object or several
   */
  resourceOf(construct: IConstruct): KubeResource {
    let main: IConstruct | undefined = construct;
    while (main !== undefined && !this.#registered.has(main)) main = main.node.defaultChild;
    const found = this.registeredUnder(main ?? construct);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only.resource;
    throw new Error(
      found.length === 0
        ? `[${construct.node.path}] makes no object in this stack; ask the stack whose callback built it`
        : `[${construct.node.path}] makes ${found.length} objects; ask for one of its children, or use resourcesOf`,
    );
  }

  /**
   * The host name of a service inside the cluster: `reviews.shop.svc.cluster.local`. What uses it comes after the service.
   */
  hostOf(service: MeshService): pulumi.Output<string> {
    return lateOutput(service.host, this.resourceOf(service.service));
  }

  /**
   * The address of a service for callers inside the cluster: `http://reviews.shop.svc.cluster.local:9080`.
   *
   * @param port - number of the port; the first one unless said
   */
  urlOf(service: MeshService, port?: number): pulumi.Output<string> {
    const found = service.ports.find((one) => one.port === port) ?? service.ports[0];
    const scheme = found?.protocol === 'https' || found?.protocol === 'tls' ? 'https' : 'http';
    const text = `${scheme}://${service.host}${found === undefined ? '' : `:${found.port}`}`;
    return lateOutput(text, this.resourceOf(service.service));
  }

  /** The identity of a service in the mesh, as authorization policies name it. What uses it comes after the account. */
  principalOf(service: MeshService): pulumi.Output<string> {
    return lateOutput(service.principal, this.resourceOf(service.serviceAccount));
  }

  /**
   * The address under which a gateway of this stack is reached from outside; see {@link loadBalancerAddress}.
   *
   * @param gateway - a construct that makes one Service: `mesh.object('Service', 'istio-ingressgateway')`
   * @throws Error when the construct makes no Service of this stack, or several
   */
  addressOf(gateway: IConstruct): pulumi.Output<string | undefined> {
    const services = this.registeredUnder(gateway).filter(({ object }) => object.kind === 'Service');
    const [service] = services;
    if (service !== undefined && services.length === 1) return loadBalancerAddress(service.resource);
    throw new Error(
      `[${gateway.node.path}] makes ${services.length} Services in this stack; give the construct of one`,
    );
  }

  /** The resources of every object that a construct and its children make, in the order they were made. */
  resourcesOf(construct: IConstruct): readonly KubeResource[] {
    return this.registeredUnder(construct).map(({ resource }) => resource);
  }

  private registeredUnder(construct: IConstruct): readonly RegisteredObject[] {
    return construct.node.findAll().flatMap((child) => this.#registered.get(child) ?? []);
  }
}
