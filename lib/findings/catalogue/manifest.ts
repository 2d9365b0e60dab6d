import { define, type Definitions } from '../definition';

const YAML = 'https://kubernetes.io/docs/reference/using-api/api-concepts/';

/** Findings of `lib/manifest`: objects, the order and the texts they are written to and read from. */
export const MANIFEST = {
  'duplicate-object': define<{ readonly object: string; readonly first: string; readonly second: string }>({
    severity: 'error',
    title: 'One object made by two constructs',
    message: ({ object, first, second }) => `${object} is made twice: by [${first}] and by [${second}].`,
    fix: () => 'Give one of them another name or namespace, or make it once.',
    example: { object: 'Service shop/web', first: 'shop/web/service', second: 'shop/other/service' },
  }),
  'unresolved-late-value': define<{ readonly isString: boolean }>({
    severity: 'error',
    title: 'A late value in plain output',
    message: ({ isString }) =>
      isString
        ? 'A Pulumi Output was converted to a string, which gives an error message instead of its value.'
        : 'A late value (a Pulumi Output) reached plain output, where nothing can put the real value in.',
    fix: () => 'Build the construct inside a MeshStack of istio-constructs/pulumi, or pass a plain value.',
    example: { isString: false },
    source: 'https://www.pulumi.com/docs/iac/concepts/inputs-outputs/',
  }),
  'not-writable-as-yaml': define<{ readonly got: string; readonly fix?: string }>({
    severity: 'error',
    title: 'A value that YAML cannot hold',
    message: ({ got }) => `YAML cannot hold ${got}.`,
    fix: ({ fix }) => fix,
    example: { got: 'an instance of Date', fix: 'Give plain data: string, number, boolean, null, list or map.' },
  }),
  'yaml-too-large': define<{ readonly what: string }>({
    severity: 'error',
    title: 'A file that is larger than what is read',
    message: ({ what }) => `The file has ${what}.`,
    fix: () => 'Split the file.',
    example: { what: '20000000 characters; at most 16777216 are read' },
  }),
  'yaml-too-deep': define<{ readonly levels: number }>({
    severity: 'error',
    title: 'YAML that is nested too deep',
    message: ({ levels }) => `The document is nested more than ${levels} levels deep.`,
    example: { levels: 200 },
  }),
  'yaml-syntax': define<{ readonly reason: string }>({
    severity: 'error',
    title: 'A file that is not YAML',
    message: ({ reason }) => `The file is not YAML: ${reason}.`,
    example: { reason: 'Flow map must end with a }' },
  }),
  'yaml-warning': define<{ readonly warning: string }>({
    severity: 'warning',
    title: 'YAML that may not mean what it seems to',
    message: ({ warning }) => (/[.?]$/.test(warning) ? warning : `${warning}.`),
    example: { warning: 'Unresolved tag: !secret' },
  }),
  'duplicate-key': define<{ readonly key: string }>({
    severity: 'error',
    title: 'A key twice in one map',
    message: ({ key }) => `The key "${key}" stands twice in one map.`,
    fix: () => 'Keep one of the two.',
    example: { key: 'port' },
    source: YAML,
  }),
  'dangerous-key': define<object>({
    severity: 'error',
    title: 'The key `__proto__`',
    message: () => 'The key "__proto__" is refused: no object has it, and it harms the programs that read it.',
    example: {},
  }),
  'key-not-string': define<object>({
    severity: 'error',
    title: 'A key that is not a string',
    message: () => 'A key must be a string; it is empty, a list or a map.',
    example: {},
    source: YAML,
  }),
  'yaml-alias': define<{
    readonly problem: 'merge' | 'too-many' | 'no-anchor' | 'inside-itself';
    readonly alias?: string;
  }>({
    severity: 'error',
    title: 'An alias of YAML that cannot be followed',
    message: ({ problem, alias = '' }) =>
      ({
        merge: 'Only maps can be merged with "<<".',
        'too-many': 'The aliases of the document stand for more than 100000 values.',
        'no-anchor': `The alias "*${alias}" has no anchor before it.`,
        'inside-itself': `The alias "*${alias}" is inside the value it stands for.`,
      })[problem],
    example: { problem: 'no-anchor', alias: 'defaults' },
  }),
  'invalid-number': define<{ readonly number: string }>({
    severity: 'error',
    title: 'A number that JSON does not have',
    message: ({ number }) => `JSON has no number ${number}.`,
    example: { number: 'Infinity' },
  }),
  'list-item': define<{ readonly isList: boolean }>({
    severity: 'error',
    title: 'A List whose items are not objects',
    message: ({ isList }) =>
      isList
        ? 'An item of a List is not an object with a kind and a name.'
        : 'The items of a List must be objects that are known.',
    fix: () => 'Write the objects of the list out, each with apiVersion, kind and metadata.name.',
    example: { isList: true },
  }),
} as const satisfies Definitions;
