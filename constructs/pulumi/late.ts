import * as pulumi from '@pulumi/pulumi';
import type { IResolver, ResolutionContext } from 'cdk8s';
import { registerLate, type LateKind, type LateOwner } from './late-registry';

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

function isAsync(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || isPromise(value);
}

/**
 * Turns Outputs into values that can be given to any construct. Each is an opaque text inside the tree; in the Pulumi
 * resource it is the Output itself again, with its type, its secretness and its dependencies. Plain values pass through.
 *
 * A late value can be handed on and put into longer texts. It cannot be looked into: comparing, calculating, changing
 * case, encoding and the like are refused. Do those on the Output, before: `late.number(port.apply((n) => n + 1))`.
 */
export class Late {
  private readonly owner: LateOwner;
  private readonly tokens = new Map<LateKind, Map<object, string>>();

  /** @param owner - the stack the values belong to */
  constructor(owner: LateOwner) {
    this.owner = owner;
  }

  /** A text that is known later: an image, a host, a project id. */
  string(value: pulumi.Input<string>): string {
    return isAsync(value) ? this.token('string', value) : value;
  }

  /**
   * A number that is known later: a port, a weight, replicas. The type says `number`; until the value is known it is a
   * text inside the tree, so it can be handed on but not calculated with.
   */
  number(value: pulumi.Input<number>): number {
    return isAsync(value) ? (this.token('number', value) as unknown as number) : value;
  }

  /**
   * A map of texts that is known later: labels, annotations, the data of a ConfigMap. It can be spread into a larger map.
   * Where only some of the values are late, those alone are unknown in a preview.
   */
  record(value: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>): Record<string, string> {
    if (isAsync(value)) {
      const token = this.token('record', value);
      return { [token]: token };
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.string(item)]));
  }

  /** JSON text of a value that has Outputs anywhere inside; the values are escaped, as `JSON.stringify` would. */
  json(value: pulumi.Input<unknown>): string {
    return this.token('json', pulumi.jsonStringify(value));
  }

  /** cdk8s's hook: an Output or Promise written straight into an object becomes a late value. */
  resolver(): IResolver {
    return {
      resolve: (context: ResolutionContext): void => {
        const value: unknown = context.value;
        if (isAsync(value)) context.replaceValue(this.token('bare', value));
      },
    };
  }

  /** The same Output gives the same token, so that rules which compare names see that they are equal. */
  private token(kind: LateKind, input: pulumi.Output<unknown> | Promise<unknown>): string {
    let known = this.tokens.get(kind);
    if (known === undefined) this.tokens.set(kind, (known = new Map<object, string>()));
    let token = known.get(input);
    if (token === undefined) known.set(input, (token = registerLate({ kind, input, owner: this.owner })));
    return token;
  }
}
