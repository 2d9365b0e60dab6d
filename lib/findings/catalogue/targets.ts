import { define, type Definitions } from '../definition';

const PARTS = {
  namespace: 'the namespace of its pods',
  labels: 'the labels of its pods',
  serviceAccount: 'the ServiceAccount of its pods',
} as const;

/** Findings of `lib/targets`: which pods a thing runs in. */
export const TARGETS = {
  'unknown-pods': define<{
    readonly name: string;
    readonly part: keyof typeof PARTS;
    readonly what: string;
    readonly of: string;
    readonly option: string;
  }>({
    severity: 'error',
    title: 'The pods that something runs in are not known',
    message: ({ name, part, what }) => `For ${what}, ${PARTS[part]} must be known, and for ${name} nothing says it.`,
    fix: ({ of, option }) => `Say it on ${of}: ${option}.`,
    example: {
      name: 'edge',
      part: 'namespace',
      what: 'a policy for it',
      of: 'the gateway',
      option: 'pods: { namespace }',
    },
    source: 'https://istio.io/latest/docs/reference/config/type/workload-selector/',
  }),
} as const satisfies Definitions;
