import type { Issue } from './issue';

/** Two constructs that cannot both have their way; both paths are named. */
export function contradiction(
  what: string,
  first: { readonly origin: string },
  second: { readonly origin: string },
  fix: string,
): Issue {
  return {
    code: 'contradiction',
    severity: 'error',
    message: `${what}: [${first.origin}] and [${second.origin}] contradict each other`,
    origin: second.origin,
    related: [{ message: 'the other one', origin: first.origin }],
    fix,
  };
}
