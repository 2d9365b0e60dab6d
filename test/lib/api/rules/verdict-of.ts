import { validate } from '../../../../lib/api/validate';

export type Verdict = 'valid' | 'warned' | 'refused';

/** What the webhook says of an object of the namespace `shop`. */
export function verdictOf(apiVersion: string, kind: string, spec: object, metadata: object = {}): Verdict {
  const object = { apiVersion, kind, metadata: { name: 'a', namespace: 'shop', ...metadata }, spec };
  const issues = validate(object).filter((issue) => issue.by === 'webhook');
  if (issues.some((issue) => issue.severity === 'error')) return 'refused';
  return issues.length > 0 ? 'warned' : 'valid';
}

export const NETWORKING = 'networking.istio.io/v1';
