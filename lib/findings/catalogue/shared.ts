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
} as const satisfies Definitions;
