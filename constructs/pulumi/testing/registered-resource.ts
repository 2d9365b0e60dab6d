import type { RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb';
import { decodeProperties } from './property-value';

/** An alias as the SDK sent it: a URN, or the parts in which the old URN differed. */
export interface RegisteredAlias {
  readonly urn?: string;
  readonly name?: string;
  readonly type?: string;
  readonly parent?: string;
  readonly noParent?: boolean;
  readonly project?: string;
  readonly stack?: string;
}

/** One resource as the program registered it. */
export interface RegisteredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for components. */
  readonly custom: boolean;
  /** URN of the parent; the empty string for the root. */
  readonly parent: string;
  /** Plain values: secrets opened, {@link UNKNOWN} in place of what is not known. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Places in the inputs that are secret: `data`, `spec.http[0].timeout`. */
  readonly secrets: readonly string[];
  /** Places in the inputs that are not known. */
  readonly unknowns: readonly string[];
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly aliases: readonly RegisteredAlias[];
  readonly provider: string;
  readonly version: string;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly importId: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly deletedWith: string;
}

/** The request as plain data. */
export function readRequest(request: RegisterResourceRequest, urn: string): RegisteredResource {
  const properties = request.getObject()?.toJavaScript() ?? {};
  const { value, secrets, unknowns } = decodeProperties(properties);
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    propertyDependencies[property] = dependencies.getUrnsList();
  });
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    inputs: value,
    secrets,
    unknowns,
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    aliases: [...request.getAliasurnsList().map((old) => ({ urn: old })), ...request.getAliasesList().map(readAlias)],
    provider: request.getProvider(),
    version: request.getVersion(),
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    importId: request.getImportid(),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    deletedWith: request.getDeletedwith(),
  };
}

function readAlias(alias: ReturnType<RegisterResourceRequest['getAliasesList']>[number]): RegisteredAlias {
  const spec = alias.getSpec();
  if (spec === undefined) return { urn: alias.getUrn() };
  const optional = { name: spec.getName(), type: spec.getType(), project: spec.getProject(), stack: spec.getStack() };
  return {
    ...Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== '')),
    ...(spec.hasParenturn() ? { parent: spec.getParenturn() } : {}),
    ...(spec.hasNoparent() && spec.getNoparent() ? { noParent: true } : {}),
  };
}
