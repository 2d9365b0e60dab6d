import type { RegisteredAlias, RegisteredResource } from './registered-resource';

const ROOT_TYPE = 'pulumi:pulumi:Stack';

/** The URN that the engine gives a resource: the types of its parents are part of it, their names are not. */
export function urnOf(project: string, stack: string, parent: string, type: string, name: string): string {
  const parentTypes = parent.split('::')[2] ?? '';
  const chain = parentTypes === '' || parentTypes.endsWith(ROOT_TYPE) ? type : `${parentTypes}$${type}`;
  return `urn:pulumi:${stack}::${project}::${chain}::${name}`;
}

/** The URN an alias speaks of. */
export function aliasUrn(project: string, stack: string, resource: RegisteredResource, alias: RegisteredAlias): string {
  if (alias.urn !== undefined) return alias.urn;
  const parent = alias.noParent === true ? '' : (alias.parent ?? resource.parent);
  return urnOf(
    alias.project ?? project,
    alias.stack ?? stack,
    parent,
    alias.type ?? resource.type,
    alias.name ?? resource.name,
  );
}
