import type { Severity } from './issue';

/** The facts of a finding: an object of JSON-like data, so that reports and filters can read them. */
export type Facts = object;

/**
 * Everything that is said of one code, once. Words are made from the facts alone, in whole sentences: the message says
 * what is wrong, the value that was given and what is allowed; the fix says what to do.
 */
export interface Definition<F extends Facts = Facts> {
  /** How bad it is; a function where the facts decide. */
  readonly severity: Severity | ((facts: F) => Severity);
  /** The kind of mistake in one line, without facts. */
  readonly title: string;
  /** What is wrong, in whole sentences. */
  readonly message: (facts: F) => string;
  /** What to do, in whole sentences; nothing where the message says it all. */
  readonly fix?: (facts: F) => string | undefined;
  /** Facts of one real finding of this code: its page shows what they come to, and a test makes it. */
  readonly example: F;
  /** Where Istio, Kubernetes or another project says so: the address of a page, or a file of its source. */
  readonly source?: string;
}

/** One part of the catalogue: codes, which are in kebab case or Istio's own (`IST0101`). */
export type Definitions = Readonly<Record<string, Omit<Definition<never>, 'example'> & { readonly example: Facts }>>;

/** Defines a code; the type of its facts is that of its example, or is said. */
export function define<F extends Facts>(definition: Definition<F>): Definition<F> {
  return definition;
}
