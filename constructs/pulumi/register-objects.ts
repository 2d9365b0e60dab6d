import type * as pulumi from '@pulumi/pulumi';
import type { IConstruct } from 'constructs';
import type { KubeObject, Phase } from '../../lib/manifest';
import type { StackTree } from './build-tree';
import { DeferredCheck, type ObjectCheck } from './deferred-check';
import { formerStacks, objectAliases, phaseAliases } from './inherited-aliases';
import { inputsOf, KubeResource, secretOutputsOf } from './kube-resource';
import { objectName } from './object-name';
import { PhaseComponent } from './phase-component';
import { restore } from './restore';
import { kubernetesSdkVersion } from './sdk-version';
import { otherApiVersions } from './served-versions';
import { inPhaseOrder, type StackObject } from './stack-objects';
import { typeToken } from './type-token';

/** An object of a stack and its resource. */
export interface RegisteredObject {
  readonly object: KubeObject;
  readonly resource: KubeResource;
}

/** The objects of a tree as resources, phase by phase; gives them back by construct. */
export function registerObjects(
  stack: pulumi.ComponentResource,
  name: string,
  tree: StackTree,
  component: pulumi.ComponentResourceOptions,
): ReadonlyMap<IConstruct, readonly RegisteredObject[]> {
  const former = formerStacks(name, component);
  const { options } = tree;
  const version = kubernetesSdkVersion();
  const resources = new Map<StackObject, KubeResource>();
  const byConstruct = new Map<IConstruct, RegisteredObject[]>();
  let current: { phase: Phase; component: PhaseComponent } | undefined;

  for (const one of inPhaseOrder(tree.ordered.objects)) {
    const { object, phase, path } = one;
    if (current?.phase !== phase) {
      current?.component.close();
      const component = new PhaseComponent(name, phase, stack, current?.component, phaseAliases(former, phase));
      current = { phase, component };
    }
    const resourceName = objectName(name, object, path);
    const otherTypes = otherApiVersions(object.apiVersion, object.kind).map((other) => typeToken(other, object.kind));
    const data = one.uses.length === 0 ? object : withOutputs(one, tree.check);
    const own = options.objects?.(object) ?? {};
    const dependsOn = [...(tree.ordered.edges.get(one) ?? [])].flatMap((before) => resources.get(before) ?? []);
    const resource = new KubeResource(
      typeToken(object.apiVersion, object.kind),
      resourceName,
      inputsOf(data as Record<string, unknown>),
      {
        ...own,
        parent: current.component,
        dependsOn: dependencies(dependsOn, own.dependsOn),
        aliases: [
          ...objectAliases(former, phase, resourceName.slice(name.length + 1), otherTypes),
          ...(own.aliases ?? []),
        ],
        ignoreChanges: own.ignoreChanges ?? [...tree.ignoredFields(object)],
        additionalSecretOutputs: [...secretOutputsOf(object), ...(own.additionalSecretOutputs ?? [])],
        ...(version === undefined ? {} : { version }),
      },
    );
    resources.set(one, resource);
    byConstruct.set(one.construct, [...(byConstruct.get(one.construct) ?? []), { object, resource }]);
  }
  current?.component.close();
  return byConstruct;
}

/** The stack's own edges and those that the program asked for. */
function dependencies(
  own: readonly pulumi.Resource[],
  asked: pulumi.CustomResourceOptions['dependsOn'],
): NonNullable<pulumi.CustomResourceOptions['dependsOn']> {
  if (asked === undefined) return [...own];
  return [...own, ...(Array.isArray(asked) ? asked : [asked as pulumi.Input<pulumi.Resource>])];
}

/** The object with Outputs in place of its late values, each of which checks the object when it becomes known. */
function withOutputs({ object, path, uses }: StackObject, check: ObjectCheck): unknown {
  const deferred = new DeferredCheck(object, path, uses, check);
  return restore(object, (token) => deferred.outputOf(token));
}
