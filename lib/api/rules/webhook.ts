import type { IssueCollector } from '../issue-collector';

/** What the rules of a kind know of the object, and where they put what they find. */
export interface Webhook {
  readonly name: string;
  /** Undefined where the object says none. */
  readonly namespace: string | undefined;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<string, unknown>>;
  /** `given` is the value that is wrong; where it is late, nothing is reported. */
  readonly error: (at: string, given: unknown, code: string, message: string, fix?: string) => void;
  readonly warning: (at: string, given: unknown, code: string, message: string, fix?: string) => void;
}

/** Rules of one kind: they look at the decoded spec. */
export type KindRules = (spec: Readonly<Record<string, unknown>>, webhook: Webhook) => void;

/**
 * Looks at one part of an object, where it is there. Its place is spelled out only then, for most parts are absent, and
 * a text for each costs more than the looking.
 */
export function checkPart(
  whole: Readonly<Record<string, unknown>>,
  part: string,
  at: string,
  webhook: Webhook,
  check: (value: unknown, at: string, webhook: Webhook) => void,
): void {
  const value = whole[part];
  if (value !== undefined) check(value, `${at}.${part}`, webhook);
}

/** A webhook that reports to the collector. */
export function webhookOf(
  found: IssueCollector,
  metadata: Readonly<Record<'annotations' | 'labels', Readonly<Record<string, unknown>>>>,
): Webhook {
  const add =
    (severity: 'error' | 'warning'): Webhook['error'] =>
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

/** The same webhook, deaf to warnings: where Istio itself loses them. */
export function withoutWarnings(webhook: Webhook): Webhook {
  return { ...webhook, warning: () => undefined };
}
