import { found, placeBelow, type ApiCode, type Issue, type ObjectRef, type Severity } from '../findings';
import { isLate, pathOf, type Place } from '../json';

/** Who would refuse or warn. */
export type Judge = 'api-server' | 'webhook';

/** What a finding says besides its place. */
export interface Finding {
  readonly code: ApiCode;
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
  add(by: Judge, severity: Severity, at: Place, value: unknown, { code, message, fix }: Finding): void {
    if (isLate(value)) return;
    const facts = { law: message, value, severity, ...(fix === undefined ? {} : { fix }) };
    this.issues.push(found(code, facts, { object: this.object, at: pathOf(at), by }));
  }

  /** Reports a finding of another room's code. */
  report(by: Judge, issue: Issue, at: Place): void {
    this.issues.push({ ...placeBelow(issue, pathOf(at)), object: this.object, by });
  }
}

/** A value as a message shows it: JSON, cut where it is long. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
