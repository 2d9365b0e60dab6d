import * as pulumi from '@pulumi/pulumi';
import { PHASE_TYPE, STACK_TYPE } from './component-types';

/** Names and parents that the children of a stack had, for each alias of the stack itself. */
export interface FormerStack {
  readonly name: pulumi.Output<string>;
  readonly urn: pulumi.Output<string>;
}

/** What each alias of a stack says the stack was before. */
export function formerStacks(name: string, options: pulumi.ComponentResourceOptions): FormerStack[] {
  return (options.aliases ?? []).map((given) => {
    const urn = pulumi.output(given).apply((alias): pulumi.Output<string> => {
      if (typeof alias === 'string') return pulumi.output(alias);
      const parent = 'parent' in alias ? alias.parent : options.parent;
      return pulumi
        .all([alias.name ?? name, alias.type ?? STACK_TYPE, alias.project, alias.stack])
        .apply(([oldName, type, project, stack]) =>
          pulumi.createUrn(oldName, type, parent as pulumi.Resource | undefined, project, stack),
        );
    });
    return { urn, name: urn.apply((text) => text.slice(text.lastIndexOf('::') + 2)) };
  });
}

/**
 * The engine hands aliases of a component to its children, but not to theirs: without their own, renaming a stack would
 * create and delete every object. These are the aliases of a phase.
 */
export function phaseAliases(former: readonly FormerStack[], phase: string): pulumi.Input<pulumi.Alias>[] {
  return former.map(({ name, urn }) => ({ name: pulumi.interpolate`${name}/${phase}`, parent: urn }));
}

/**
 * The aliases of an object: the other served versions of its kind, and each former name of the stack, in each version.
 *
 * @param ownName - the object's resource name without the stack's
 */
export function objectAliases(
  former: readonly FormerStack[],
  phase: string,
  ownName: string,
  otherTypes: readonly string[],
): pulumi.Input<pulumi.Alias>[] {
  const aliases: pulumi.Input<pulumi.Alias>[] = otherTypes.map((type) => ({ type }));
  for (const { name, urn } of former) {
    const parent = pulumi.createUrn(pulumi.interpolate`${name}/${phase}`, PHASE_TYPE, urn);
    const before = { name: pulumi.interpolate`${name}/${ownName}`, parent };
    aliases.push(before, ...otherTypes.map((type) => ({ ...before, type })));
  }
  return aliases;
}
