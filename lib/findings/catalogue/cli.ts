import { define, type Definitions } from '../definition';

/** Findings of `lib/cli`: what the commands read. */
export const CLI = {
  'not-an-istio-operator': define<{ readonly documents: number }>({
    severity: 'error',
    title: 'A file with more than one IstioOperator object',
    message: ({ documents }) => `The file has ${documents} documents.`,
    fix: () => 'Leave one IstioOperator object in each file.',
    example: { documents: 2 },
    source: 'https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/',
  }),
} as const satisfies Definitions;
