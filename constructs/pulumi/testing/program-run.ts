import { suggestion } from '../../../lib/findings';
import type { EngineRecord, LogLine } from './engine-server';
import { decodeProperties, type DecodedProperties } from './property-value';
import type { RegisteredResource } from './registered-resource';
import type { Step, StepKind } from './steps';

const ROOT_TYPE = 'pulumi:pulumi:Stack';
const NOTHING: DecodedProperties = { value: {}, secrets: [], unknowns: [] };

/** What one preview or update of a program did. */
export class ProgramRun {
  /** Everything registered, in the order it arrived, the root stack left out. */
  readonly resources: readonly RegisteredResource[];
  readonly logs: readonly LogLine[];
  /** What happens to each resource, against the last update. */
  readonly steps: readonly Step[];
  /** The stack's outputs: plain values, and the places of secrets and unknowns. */
  readonly outputs: DecodedProperties;

  constructor(
    readonly exitCode: number,
    /** What the program printed. */
    readonly output: string,
    record: EngineRecord,
    steps: readonly Step[],
  ) {
    const root = record.resources.find((resource) => resource.type === ROOT_TYPE);
    this.resources = record.resources.filter((resource) => resource !== root);
    this.logs = record.logs;
    this.steps = steps.filter((step) => step.urn !== root?.urn);
    const outputs = record.outputs.get(root?.urn ?? '');
    this.outputs = outputs === undefined ? NOTHING : decodeProperties(outputs);
  }

  /** True when the program ended well and logged no error. */
  get succeeded(): boolean {
    return this.exitCode === 0 && this.errors.length === 0;
  }

  /** The errors that the program and the SDK logged. */
  get errors(): readonly string[] {
    return this.logs.filter((line) => line.severity === 'error').map((line) => line.message);
  }

  /** Kubernetes objects among the resources. */
  get objects(): readonly RegisteredResource[] {
    return this.resources.filter((resource) => resource.type.startsWith('kubernetes:'));
  }

  /**
   * The resource of a Kubernetes object.
   *
   * @param kind - `VirtualService`
   * @param name - `shop/reviews`, or the name alone for kinds without a namespace
   * @throws Error when there is none, or the program failed
   */
  resource(kind: string, name: string): RegisteredResource {
    const wanted = `${kind} ${name}`;
    const byName = new Map(this.objects.map((resource) => [displayName(resource), resource]));
    const found = byName.get(wanted);
    if (found !== undefined) return found;
    const reason = this.succeeded ? suggestion(wanted, byName.keys()) : this.report();
    throw new Error(`the program registered no ${wanted}. ${reason}`);
  }

  /** Names of the Kubernetes objects and components that a step of one of these kinds happens to. */
  changed(kinds: readonly StepKind[] = ['create', 'update', 'replace', 'delete']): string[] {
    return this.steps
      .filter((step) => kinds.includes(step.kind))
      .map((step) => step.urn.slice(step.urn.lastIndexOf('::') + 2));
  }

  /** Everything that was said, for the message of a failed test. */
  report(): string {
    const lines = this.logs
      .filter((line) => line.severity !== 'debug')
      .map((line) => `${line.severity}: ${line.message}`);
    return [`exit code ${this.exitCode}`, ...lines, this.output].join('\n');
  }
}

function displayName(resource: RegisteredResource): string {
  const metadata = resource.inputs.metadata as { name?: string; namespace?: string } | undefined;
  const name = [metadata?.namespace, metadata?.name].filter((part) => part !== undefined).join('/');
  return `${String(resource.inputs.kind)} ${name}`;
}
