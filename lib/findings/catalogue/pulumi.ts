import { define, type Definitions } from '../definition';

const OUTPUTS = 'https://www.pulumi.com/docs/iac/concepts/inputs-outputs/';

/** Findings of the bridge to Pulumi: late values that were put to a use that loses them. */
export const PULUMI = {
  'dependency-cycle': define<{ readonly cycle: readonly string[] }>({
    severity: 'error',
    title: 'Dependencies that go round in a circle',
    message: ({ cycle }) => `The dependencies go round in a circle: ${cycle.join(' -> ')}.`,
    fix: () => 'Remove one of these addDependency calls.',
    example: { cycle: ['shop/a', 'shop/b', 'shop/a'] },
  }),
  'late-changed': define<{ readonly how: 'case' | 'cut' | 'entries'; readonly token?: string }>({
    severity: 'error',
    title: 'A late value that was changed before it was known',
    message: ({ how, token = '' }) =>
      ({
        case: `A late value was changed in case (${token}), so its value can no longer be put in.`,
        cut: 'A late value was cut or changed, so its value can no longer be put in.',
        entries: 'A late map was changed entry by entry, but its entries are not known yet.',
      })[how],
    fix: ({ how }) =>
      ({
        case: 'Change the case of the Output itself, before: late.string(output.apply((text) => text.toLowerCase())).',
        cut: 'Change the Output itself, before, or give the object a name that is known.',
        entries: 'Change the map inside the Output, before: late.record(output.apply((map) => ...)).',
      })[how],
    example: { how: 'cut' },
    source: OUTPUTS,
  }),
  'late-unknown': define<{ readonly token: string }>({
    severity: 'error',
    title: 'A late value that this run did not make',
    message: ({ token }) => `${token} looks like a late value, but this run made none like it.`,
    fix: () =>
      'Take the value from the `late` of this callback; tokens cannot be written by hand or kept from another run.',
    example: { token: '${late:r0:1}' },
  }),
  'late-foreign': define<{ readonly stack: string; readonly owner: string }>({
    severity: 'error',
    title: 'A late value of another stack',
    message: ({ stack, owner }) => `A late value of the stack "${owner}" is used in the stack "${stack}".`,
    fix: ({ stack }) => `Give the Output itself to the \`late\` of the stack "${stack}".`,
    example: { stack: 'shop', owner: 'mesh' },
  }),
  'output-as-text': define<object>({
    severity: 'error',
    title: 'An Output that was converted to a string',
    message: () =>
      'An Output was converted to a string (a template literal, `+`, JSON.stringify or a JSON patch), which gives an error message instead of its value.',
    fix: () =>
      'Use late.string(output) in the string, or build it with pulumi.interpolate and give that to late.string.',
    example: {},
    source: OUTPUTS,
  }),
  'late-arithmetic': define<object>({
    severity: 'error',
    title: 'A late number that was calculated with',
    message: () =>
      'A late number was calculated with; its value is not known yet, so `+` has only put strings together.',
    fix: () => 'Calculate on the Output itself, before: late.number(output.apply((n) => n + 1)).',
    example: {},
    source: OUTPUTS,
  }),
  'late-encoded': define<object>({
    severity: 'error',
    title: 'A late value that was encoded before it was known',
    message: () => 'A late value was encoded (base64 or URL), so its value can no longer be put in.',
    fix: () =>
      "Encode the Output itself, before: late.string(output.apply((text) => Buffer.from(text).toString('base64'))); a Secret takes plain strings in stringData.",
    example: {},
    source: OUTPUTS,
  }),
  'not-a-number': define<{ readonly number: string }>({
    severity: 'error',
    title: 'What calculating with a late number gives',
    message: ({ number }) => `The number is ${number}, which is what calculating with a late number gives.`,
    fix: () => 'Calculate on the Output itself, before: late.number(output.apply((n) => 100 - n)).',
    example: { number: 'Infinity' },
  }),
  'late-in-key': define<object>({
    severity: 'error',
    title: 'A late value in the key of a map',
    message: () => 'A late value stands in the key of a map; keys must be known while the tree is built.',
    fix: () => 'Make the whole map late: late.record(pulumi.all([key, value]).apply(([k, v]) => ({ [k]: v }))).',
    example: {},
  }),
  'late-in-kind': define<{ readonly field: string }>({
    severity: 'error',
    title: 'An apiVersion or kind that is late',
    message: ({ field }) =>
      `The ${field} is a late value; what kind of object it is must be known while the tree is built.`,
    fix: ({ field }) => `Write the ${field} out.`,
    example: { field: 'kind' },
  }),
  'late-in-id': define<object>({
    severity: 'error',
    title: 'A late value in the id of a construct',
    message: () => 'A late value stands in the id of a construct; ids must be known while the tree is built.',
    fix: () => 'Give the construct a fixed id; late values go into its props.',
    example: {},
  }),
  'late-rejected': define<{ readonly reason: string }>({
    severity: 'error',
    title: 'An Output that was rejected',
    message: ({ reason }) => `The late value was rejected: ${/[.?!]$/.test(reason) ? reason : `${reason}.`}`,
    example: { reason: 'the database has no address' },
  }),
  'late-map-collision': define<{ readonly reason: string }>({
    severity: 'error',
    title: 'A late map that sets a key a second time',
    message: ({ reason }) => (/[.?!]$/.test(reason) ? reason : `${reason}.`),
    fix: () => 'Leave the key out of one of them.',
    example: { reason: 'The key "team" is set twice' },
  }),
  'late-wrong-type': define<{ readonly kind: string; readonly got: string }>({
    severity: 'error',
    title: 'A late value of the wrong type',
    message: ({ kind, got }) => `The Output given to late.${kind} is ${got}.`,
    fix: ({ kind }) => `Give late.${kind} an Output of ${kind === 'record' ? 'a map of strings' : `a ${kind}`}.`,
    example: { kind: 'number', got: '"ten" (string)' },
  }),
} as const satisfies Definitions;
