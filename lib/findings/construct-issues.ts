import { found } from './found';
import type { Issue } from './issue';

/** What the validation of a construct says, which knows no findings. */
export function validationIssue(text: string, origin: string): Issue {
  return found('validation', { text }, { origin });
}

/** What kept an object from being rendered. */
export function notRendered(error: unknown, origin: string): Issue {
  return found('not-rendered', { reason: error instanceof Error ? error.message : String(error) }, { origin });
}

/** A finding that would tell of a secret in its message, its fix or its place: no more than that there is one. */
export function hiddenIssue({ code, severity }: Issue, origin: string, at: string | undefined): Issue {
  const message = 'A late value is not valid here; it is secret, so neither it nor the reason is shown.';
  return { code, severity, message, origin, ...(at === undefined ? {} : { at }) };
}
