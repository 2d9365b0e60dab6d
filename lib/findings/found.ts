import { formatPath, type Path } from '../json';
import { CATALOGUE, type Code } from './catalogue';
import type { Definition, Facts } from './definition';
import type { Issue, RelatedPlace } from './issue';
import type { ObjectRef } from './object-ref';

/** The facts that findings of a code carry. */
export type FactsOf<C extends Code> = (typeof CATALOGUE)[C] extends Definition<infer F> ? F : never;

/** Where a finding stands; all of it may be unknown. */
export interface FindingPlace {
  /** The object it is about. */
  readonly object?: ObjectRef | undefined;
  /** Path of the construct that caused it. */
  readonly origin?: string | undefined;
  /** The place in the object. */
  readonly at?: Path | undefined;
  /** Other places it speaks of. */
  readonly related?: readonly RelatedPlace[] | undefined;
  /** Who would refuse the object in a cluster. */
  readonly by?: Issue['by'] | undefined;
}

/**
 * A finding: a code of the catalogue with its facts, at a place. Severity, message and fix come from the catalogue, so that
 * a code nobody defined, or a fact that is missing, does not compile.
 *
 * @example
 * found('duplicate-port', { port: 80 }, { origin: scope.node.path });
 */
export function found<C extends Code>(code: C, facts: FactsOf<C>, place: FindingPlace = {}): Issue {
  const definition = CATALOGUE[code] as unknown as Definition;
  const known = facts as Facts;
  const { severity, message, fix } = definition;
  const advice = fix?.(known);
  const { object, origin, at, related, by } = place;
  return {
    code,
    severity: typeof severity === 'function' ? severity(known) : severity,
    message: message(known),
    facts: known as Readonly<Record<string, unknown>>,
    ...(object === undefined ? {} : { object }),
    ...(origin === undefined ? {} : { origin }),
    ...(at === undefined ? {} : { at: formatPath(at), path: at }),
    ...(related === undefined || related.length === 0 ? {} : { related }),
    ...(advice === undefined ? {} : { fix: advice }),
    ...(by === undefined ? {} : { by }),
  };
}
