import * as pulumi from '@pulumi/pulumi';
import { found, hasErrors, hiddenIssue, type Issue } from '../../lib/findings';
import { formatPath, isLate, type Path } from '../../lib/json';
import { refOf, type KubeObject } from '../../lib/manifest';
import type { LateUse } from './find-misuse';
import { MeshStackError } from './mesh-stack-error';
import { lateEntry, type LateKind } from './late-registry';
import { dropNulls, LateMapError, substitute } from './restore';

/** What is wrong with one object, as far as it is known. */
export type ObjectCheck = (object: KubeObject) => readonly Issue[];

const EXPECTED: Partial<Record<LateKind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  record: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

interface Known {
  readonly value: unknown;
  readonly isSecret: boolean;
}

/**
 * The checks that could not be made while the tree was built, because parts of an object were late. They run each time
 * another of its values becomes known, before the object is sent: a wrong value fails the value itself, and an object
 * with a failed value is never registered.
 */
export class DeferredCheck {
  private readonly known = new Map<string, Known>();
  private readonly outputs = new Map<string, pulumi.Output<unknown>>();
  private readonly placeOf = new Map<string, Path>();

  /**
   * @param object - the object, with tokens
   * @param path - path of the construct that made it
   * @param uses - where its late values stand
   * @param check - what to hold the object to
   */
  constructor(
    private readonly object: KubeObject,
    private readonly path: string,
    uses: readonly LateUse[],
    private readonly check: ObjectCheck,
  ) {
    for (const { token, at } of uses) if (!this.placeOf.has(token)) this.placeOf.set(token, at);
  }

  /** The Output behind a token: the one that was given, which checks the object when its value becomes known. */
  outputOf(token: string): pulumi.Output<unknown> {
    const made = this.outputs.get(token);
    if (made !== undefined) return made;
    const source = this.withPath(token);
    const output = source.apply(async (value) => {
      const clean = dropNulls(value);
      this.learn(token, { value: clean, isSecret: await pulumi.isSecret(source) });
      return clean;
    });
    this.outputs.set(token, output);
    return output;
  }

  /** The given value; where it was rejected, the error says which construct and which field waited for it. */
  private withPath(token: string): pulumi.Output<unknown> {
    const given = pulumi.output(lateEntry(token)?.input);
    const rethrow = (cause: unknown): never => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new MeshStackError([found('late-rejected', { reason }, this.place(token))]);
    };
    return pulumi.output(pulumi.isSecret(given).then(() => given, rethrow)) as pulumi.Output<unknown>;
  }

  private learn(token: string, known: Known): void {
    this.known.set(token, known);
    const wrongType = this.wrongType(token, known);
    if (wrongType !== undefined) throw new MeshStackError([wrongType]);
    // Outside a preview everything becomes known, and the last value to do so checks the whole.
    if (!pulumi.runtime.isDryRun() && this.known.size < this.placeOf.size) return;
    const issues = this.withoutSecrets();
    if (hasErrors(issues)) throw new MeshStackError(issues);
  }

  /** A late map can only be laid over the map around it when it is known; what it sets twice is refused then. */
  private collision(error: unknown): Issue {
    if (!(error instanceof LateMapError)) throw error;
    return found('late-map-collision', { reason: error.message }, { origin: this.path });
  }

  private wrongType(token: string, { value, isSecret }: Known): Issue | undefined {
    const kind = lateEntry(token)?.kind ?? 'bare';
    const isRight = EXPECTED[kind];
    if (value === undefined || isRight === undefined) return undefined;
    if (isRight(value)) return this.wrongShare(token, value);
    const got = isSecret ? 'something else (the value is secret)' : `${JSON.stringify(value)} (${typeof value})`;
    return found('late-wrong-type', { kind, got }, this.place(token));
  }

  /** A rest of a hundred below nothing or above a hundred: the share itself was no percent. */
  private wrongShare(token: string, value: unknown): Issue | undefined {
    if (!token.endsWith(':rest}') || typeof value !== 'number' || (value >= 0 && value <= 100)) return undefined;
    // The rest of a hundred stands where the share of the other version is.
    const share = 100 - value;
    return found('percent-out-of-range', { of: 'the candidate', percent: share, isWhole: true }, this.place(token));
  }

  private place(token: string): { origin: string; at: Path } {
    return { origin: this.path, at: this.placeOf.get(token) ?? [] };
  }

  private withValues(isShown: (known: Known) => boolean): KubeObject {
    return substitute(this.object, (token) => {
      const known = this.known.get(token);
      return known !== undefined && isShown(known) ? known.value : undefined;
    }) as KubeObject;
  }

  /**
   * The findings on all that is known. What is only found because a secret is known would speak of the secret, in its
   * message, its fix or its place; of such a finding no more is said than that there is one, and of which value.
   */
  private withoutSecrets(): readonly Issue[] {
    let open: KubeObject;
    let whole: KubeObject;
    try {
      open = this.withValues((known) => !known.isSecret);
      whole = this.withValues(() => true);
    } catch (error) {
      return [this.collision(error)];
    }
    const issues = this.issuesOf(open);
    const secrets = [...this.known].filter(([, known]) => known.isSecret).map(([token]) => token);
    if (secrets.length === 0) return issues;
    const keys = new Set(issues.map(keyOf));
    const hidden = this.issuesOf(whole).filter((issue) => !keys.has(keyOf(issue)));
    return [
      ...issues,
      ...hidden.map((issue): Issue => {
        const at = secrets
          .map((token) => formatPath(this.placeOf.get(token) ?? []))
          .find((place) => issue.at?.startsWith(place));
        return hiddenIssue(issue, this.path, at);
      }),
    ];
  }

  private issuesOf(object: KubeObject): readonly Issue[] {
    return this.check(object).map((issue) => ({
      ...issue,
      origin: issue.origin ?? this.path,
      ...(isLate(object.metadata.name) ? {} : { object: refOf(object) }),
    }));
  }
}

function keyOf(issue: Issue): string {
  return [issue.code, issue.at ?? '', issue.message].join('\u0000');
}
