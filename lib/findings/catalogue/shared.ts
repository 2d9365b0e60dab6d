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
} as const satisfies Definitions;
