import { define, type Definitions } from '../definition';

/** Findings about constructs: what their own validation says, and what keeps them from being rendered. */
export const CONSTRUCTS = {
  validation: define<{ readonly text: string }>({
    severity: 'error',
    title: 'What the validation of some construct says',
    message: ({ text }) => text,
    example: { text: 'The name must not be empty.' },
  }),
  'not-rendered': define<{ readonly reason: string }>({
    severity: 'error',
    title: 'An object that cannot be rendered',
    message: ({ reason }) => (/[.?!)]$/.test(reason) ? reason : `${reason}.`),
    fix: ({ reason }) => {
      if (!reason.includes('non-simple object')) return undefined;
      return reason.includes("'OutputImpl'")
        ? 'Give a Pulumi Output to a construct inside a MeshStack, as late.string(output) or one of its siblings.'
        : 'Give plain data: strings, numbers, booleans, lists and maps, or a Lazy that produces them.';
    },
    example: { reason: "Trying to use a construct library that can't be resolved: non-simple object of type 'Date'" },
  }),
} as const satisfies Definitions;
