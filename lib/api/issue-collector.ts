import type { Issue, ObjectRef, Severity } from '../findings';
import { isLate } from '../json';

/** Who would refuse or warn. */
export type Judge = 'api-server' | 'webhook';

/** What a finding says besides its place. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
}

/** Gathers what is wrong with one object. */
export class IssueCollector {
  readonly issues: Issue[] = [];
  /**
   * False once something was seen that Istio's own decoder reads differently from what is written: null, a name in
   * snake case, a number in a string.
   */
  isCanonical = true;

  constructor(readonly object: ObjectRef) {}

  /** Reports a finding, unless `value`, which it is about, is not known yet. */
  add(by: Judge, severity: Severity, at: string, value: unknown, finding: Finding): void {
    if (isLate(value)) return;
    const { code, message, fix } = finding;
    this.issues.push({ code, severity, message, object: this.object, at, by, ...(fix === undefined ? {} : { fix }) });
  }
}

/** A value as a message shows it: JSON, cut where it is long. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
