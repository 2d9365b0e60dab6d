import { type Place, below } from '../../json';
import type { ApiCode } from '../../findings';
import type { IssueCollector } from '../issue-collector';

/** What the rules of a kind know of the object, and where they put what they find. */
export interface RuleContext {
  readonly name: string;
  /** Undefined where the object says none. */
  readonly namespace: string | undefined;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<string, unknown>>;
  /** `given` is the value that is wrong; where it is late, nothing is reported. */
  readonly error: (at: Place, given: unknown, code: ApiCode, message: string, fix?: string) => void;
  readonly warning: (at: Place, given: unknown, code: ApiCode, message: string, fix?: string) => void;
}

/** Rules of one kind: they look at the decoded spec. */
export type KindRules = (spec: Readonly<Record<string, unknown>>, context: RuleContext) => void;

/**
 * Looks at one part of an object, where it is there. Its place is spelled out only then, for most parts are absent, and
 * making one for each costs more than the check.
 */
export function checkPart(
  whole: Readonly<Record<string, unknown>>,
  part: string,
  at: Place,
  context: RuleContext,
  check: (value: unknown, at: Place, context: RuleContext) => void,
): void {
  const value = whole[part];
  if (value !== undefined) check(value, below(at, part), context);
}

/** A context that reports to the collector. */
export function contextOf(
  found: IssueCollector,
  metadata: Readonly<Record<'annotations' | 'labels', Readonly<Record<string, unknown>>>>,
): RuleContext {
  const add =
    (severity: 'error' | 'warning'): RuleContext['error'] =>
    (at, given, code, message, fix) => {
      found.add('webhook', severity, at, given, { code, message, ...(fix === undefined ? {} : { fix }) });
    };
  return {
    name: found.object.name,
    namespace: found.object.namespace,
    ...metadata,
    error: add('error'),
    warning: add('warning'),
  };
}

/** The same context without warnings, for places where Istio itself loses them. */
export function withoutWarnings(context: RuleContext): RuleContext {
  return { ...context, warning: () => undefined };
}
