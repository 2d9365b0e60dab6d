import { type Place, below } from '../json';
import { constraintCheck, type ConstraintCheck } from './check-constraint';
import type { Constraint } from './constraint';
import { shown, type Finding, type IssueCollector } from './issue-collector';

/** Looks at one value as the API server does. */
export type StructureCheck = (value: unknown, at: Place, found: IssueCollector) => void;

/** Reports what the API server refuses. */
export function report(found: IssueCollector, at: Place, value: unknown, finding: Finding): void {
  found.isCanonical = false;
  found.add('api-server', 'error', at, value, finding);
}

/** Reports a value of another type. */
export function wrongType(found: IssueCollector, at: Place, value: unknown, wanted: string): void {
  const isObject = typeof value === 'object' && value !== null;
  const given = Array.isArray(value) ? 'a list' : isObject ? 'an object' : shown(value);
  report(found, at, value, { code: 'wrong-type', message: `${wanted} is needed here, not ${given}.` });
}

/** The checks of constraints, made once. */
export function ruleChecks(rules: readonly Constraint[] | undefined): readonly ConstraintCheck[] {
  return (rules ?? []).map(constraintCheck);
}

/** Runs the checks of constraints on a value of the right type. */
export function runRules(checks: readonly ConstraintCheck[], value: unknown, at: Place, found: IssueCollector): void {
  for (const check of checks) {
    const failure = check(value);
    if (failure === undefined) continue;
    const { field, index } = failure;
    report(found, field === undefined ? at : below(at, field, index), value, failure);
  }
}
