import * as pulumi from '@pulumi/pulumi';
import type { Phase } from '../../lib/manifest';
import { PHASE_TYPE } from './component-types';

/**
 * Holds the objects of one phase. It is registered when every object of the phase before is there, and its objects after
 * it: this one edge orders all of them. Edges from each object to the phase before would be as many as the product of both,
 * and no program with a thousand objects would come to an end.
 */
export class PhaseComponent extends pulumi.ComponentResource {
  constructor(
    stack: string,
    phase: Phase,
    parent: pulumi.ComponentResource,
    before: PhaseComponent | undefined,
    aliases: pulumi.Input<pulumi.Alias>[],
  ) {
    super(PHASE_TYPE, `${stack}/${phase}`, {}, { parent, aliases, ...(before && { dependsOn: [before] }) });
  }

  /** Called when every object of the phase is a child. */
  close(): void {
    this.registerOutputs();
  }
}
