import { suggestion } from '../did-you-mean';
import { define, type Definitions } from '../definition';

/** Codes that several rooms find. */
export const SHARED = {
  contradiction: define<{
    readonly what: string;
    readonly first: string;
    readonly second: string;
    readonly fix: string;
  }>({
    severity: 'error',
    title: 'Two constructs want what cannot be had together',
    message: ({ what, first, second }) => `${what}: [${first}] and [${second}] contradict each other.`,
    fix: ({ fix }) => fix,
    example: {
      what: 'Two default routes for reviews',
      first: 'shop/canary',
      second: 'shop/split',
      fix: 'Give one of them a match, or remove it.',
    },
  }),
  'invalid-name': define<{
    readonly name: string;
    /** What is to have the name: `Service`, `namespace`. */
    readonly what: string;
    /** What a name may be. */
    readonly allowed: string;
  }>({
    severity: 'error',
    title: 'A name that the API server refuses',
    message: ({ name, what }) => `"${name}" is not a valid name for a ${what}.`,
    fix: ({ allowed }) => `Use ${allowed}.`,
    example: {
      name: 'Shop',
      what: 'namespace',
      allowed: 'lower case letters, digits and "-", at most 63 characters, a letter or digit at both ends',
    },
    source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  }),
  'invalid-annotation': define<{
    readonly name: string;
    readonly value: string;
    readonly problem: string;
    /** Values that are allowed, where there are few. */
    readonly known?: readonly string[];
    /** What the annotation is for; absent where the injector refuses the pod. */
    readonly summary?: string;
  }>({
    severity: 'error',
    title: 'An annotation whose value does not fit',
    message: ({ name, value, problem, known, summary }) => {
      // The injector's own words, for whoever searches for them.
      if (summary === undefined) return `Invalid value '${value}' for annotation '${name}': ${problem}.`;
      const near = known === undefined ? '' : suggestion(value, known);
      return `The annotation ${name} has the value "${value}": ${problem}.${near.startsWith('Did') ? ` ${near}` : ''}`;
    },
    fix: ({ summary }) =>
      summary === undefined
        ? 'Correct the value; the injector refuses the pod as it is.'
        : `Correct the value. ${summary}`,
    example: { name: 'sidecar.istio.io/logLevel', value: 'loud', problem: 'it is not a log level' },
    source: 'https://istio.io/latest/docs/reference/config/annotations/',
  }),
  'invalid-label': define<{
    readonly name: string;
    readonly value: string;
    readonly problem: string;
    readonly known?: readonly string[];
    readonly summary?: string;
  }>({
    severity: 'error',
    title: 'A label whose value does not fit',
    message: ({ name, value, problem, known }) => {
      const near = known === undefined ? '' : suggestion(value, known);
      return `The label ${name} has the value "${value}": ${problem}.${near.startsWith('Did') ? ` ${near}` : ''}`;
    },
    fix: ({ summary }) => (summary === undefined ? 'Correct the value.' : `Correct the value. ${summary}`),
    example: {
      name: 'istio.io/dataplane-mode',
      value: 'ambint',
      problem: 'it is not one of ambient, none',
      known: ['ambient', 'none'],
    },
    source: 'https://istio.io/latest/docs/reference/config/labels/',
  }),
} as const satisfies Definitions;
