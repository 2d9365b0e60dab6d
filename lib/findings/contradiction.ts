import { found } from './found';
import type { Issue } from './issue';

/**
 * Two constructs that cannot both have their way; both paths are named.
 *
 * @param what what both want, as the beginning of a sentence
 * @param fix what to do, as a whole sentence
 */
export function contradiction(
  what: string,
  first: { readonly origin: string },
  second: { readonly origin: string },
  fix: string,
): Issue {
  return found(
    'contradiction',
    { what, first: first.origin, second: second.origin, fix },
    { origin: second.origin, related: [{ message: 'the other one', origin: first.origin }] },
  );
}
