import * as pulumi from '@pulumi/pulumi';
import type { IConstruct } from 'constructs';
import type { MeshApp } from '../mesh-app';
import type { MeshChart } from '../mesh-chart';
import { STACK_TYPE } from './component-types';
import type { KubeResource } from './kube-resource';
import type { Late } from './late';
import { registerObjects } from './register-objects';
import { requireEngine } from './require-engine';
import type { MeshStackOptions } from './mesh-stack-options';
import { buildTree } from './build-tree';

/**
 * Builds what a stack consists of.
 *
 * @param chart - a chart named like the stack, with a namespace of that name; left out when nothing is put into it
 * @param late - turns Outputs into values for constructs
 * @param app - the app of the chart, for meshes, gateways and further charts
 */
export type BuildStack = (chart: MeshChart, late: Late, app: MeshApp) => void;

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
  readonly #resources: ReadonlyMap<IConstruct, readonly KubeResource[]>;

  constructor(name: string, build: BuildStack, options: MeshStackOptions = {}) {
    requireEngine(name);
    const tree = buildTree(name, build, options);
    const { mesh: _mesh, objects: _objects, runtimeFields: _fields, skipAwait: _skip, ...component } = options;
    super(STACK_TYPE, name, {}, component);
    this.#resources = registerObjects(this, name, tree, options);
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
    while (main !== undefined && !this.#resources.has(main)) main = main.node.defaultChild;
    const found = main === undefined ? this.resourcesOf(construct) : (this.#resources.get(main) ?? []);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    throw new Error(
      found.length === 0
        ? `[${construct.node.path}] makes no object in this stack; ask the stack whose callback built it`
        : `[${construct.node.path}] makes ${found.length} objects; ask for one of its children, or use resourcesOf`,
    );
  }

  /** The resources of every object that a construct and its children make, in the order they were made. */
  resourcesOf(construct: IConstruct): readonly KubeResource[] {
    return construct.node.findAll().flatMap((child) => this.#resources.get(child) ?? []);
  }
}
