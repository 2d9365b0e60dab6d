import * as pulumi from '@pulumi/pulumi';

/**
 * One Kubernetes object as a Pulumi resource. Whatever the provider reports back is there as Outputs: `status` too, for any
 * kind that has one.
 */
export class KubeResource extends pulumi.CustomResource {
  declare readonly apiVersion: pulumi.Output<string>;
  declare readonly kind: pulumi.Output<string>;
  declare readonly metadata: pulumi.Output<{
    readonly name: string;
    readonly namespace?: string;
    readonly [field: string]: unknown;
  }>;
  // Kinds differ; the typed classes of @pulumi/kubernetes know each of them.
  declare readonly spec: pulumi.Output<Readonly<Record<string, unknown>> | undefined>;
  declare readonly status: pulumi.Output<Readonly<Record<string, unknown>> | undefined>;
}

/**
 * What is sent for an object. `status` is declared without a value, or else it would stay undefined for ever. The data of a
 * Secret is secret whole: the provider encrypts it in its own inputs only, and the output of the same name would stay in
 * clear text in the state.
 */
export function inputsOf(object: Readonly<Record<string, unknown>>): pulumi.Inputs {
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret') return { status: undefined, ...object };
  const { data, stringData, ...rest } = object;
  return {
    ...rest,
    data: data === undefined ? undefined : pulumi.secret(data),
    stringData: stringData === undefined ? undefined : pulumi.secret(stringData),
  };
}

/** The outputs that are secret whatever the provider says of them. */
export function secretOutputsOf(object: Readonly<Record<string, unknown>>): string[] {
  return object.apiVersion === 'v1' && object.kind === 'Secret' ? ['data', 'stringData'] : [];
}
