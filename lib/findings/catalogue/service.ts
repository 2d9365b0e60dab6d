import { suggestion } from '../did-you-mean';
import { define, type Definitions } from '../definition';

const FORMS = {
  Service: 'at most 63 lower case letters, digits and "-", beginning with a letter',
  version: 'at most 63 lower case letters, digits and "-"',
  port: 'at most 15 lower case letters, digits and single "-", at least one of them a letter',
} as const;

/** A number as it was given; programs that run without the compiler may give strings. */
const shown = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value));

/** Findings about services: names, ports, numbers of pods. */
export const SERVICE = {
  'invalid-service-name': define<{ readonly name: string; readonly of: keyof typeof FORMS }>({
    severity: 'error',
    title: 'A name that Kubernetes refuses for a Service, a version or a port',
    message: ({ name, of }) => `"${name}" is not a valid name for a ${of}.`,
    fix: ({ of }) => `Use ${FORMS[of]}.`,
    example: { name: 'Reviews', of: 'Service' },
    source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  }),
  'invalid-replicas': define<{ readonly version: string; readonly replicas: unknown }>({
    severity: 'error',
    title: 'A number of pods that cannot be',
    message: ({ version, replicas }) => `${shown(replicas)} is not a number of replicas for ${version}.`,
    fix: () => 'Give a whole number from 0.',
    example: { version: 'v1', replicas: -1 },
  }),
  'port-and-ports': define<{ readonly isBoth: boolean }>({
    severity: 'error',
    title: 'Both or neither of `port` and `ports`',
    message: ({ isBoth }) =>
      isBoth ? 'The service has both `port` and `ports`.' : 'The service has neither `port` nor `ports`.',
    fix: () => 'Give exactly one of the two.',
    example: { isBoth: true },
  }),
  'invalid-port': define<{ readonly port: unknown }>({
    severity: 'error',
    title: 'A number that is not a port',
    message: ({ port }) => `${shown(port)} is not a port: ports are whole numbers from 1 to 65535.`,
    fix: () => 'Give such a number.',
    example: { port: 70000 },
  }),
  'invalid-protocol': define<{ readonly protocol: string; readonly known: readonly string[] }>({
    severity: 'error',
    title: 'A protocol that the mesh does not know',
    message: ({ protocol, known }) => `"${protocol}" is not a protocol. ${suggestion(protocol, known)}`,
    fix: () => 'Use one of these.',
    example: { protocol: 'htpp', known: ['http', 'tcp'] },
    source: 'https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/',
  }),
  'duplicate-port': define<{ readonly port: string }>({
    severity: 'error',
    title: 'A port that is declared twice',
    message: ({ port }) => `Port ${port} is declared twice.`,
    fix: () => 'Declare each port once.',
    example: { port: '80' },
  }),
  'duplicate-port-name': define<{ readonly name: string }>({
    severity: 'error',
    title: 'Two ports of one name',
    message: ({ name }) => `Two ports are called "${name}".`,
    fix: () => 'Give each port a name of its own.',
    example: { name: 'http' },
  }),
} as const satisfies Definitions;
