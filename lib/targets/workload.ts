import type { Protocol } from '../traffic';

/** One port of a workload. */
export interface WorkloadPort {
  /** The port of the Service in front of the pods; of the pods themselves where there is none. */
  readonly port: number;
  /** The port the container listens on. @default - the same */
  readonly targetPort?: number;
  /** What is spoken on it. @default - not known */
  readonly protocol?: Protocol;
}

/**
 * Which pods run a thing, in which namespace, as which identity, on which container ports. Everything that names pods,
 * policies, telemetry, Envoy filters and certificates, asks for this one description; what is absent in it nobody
 * knows, and is asked for instead of guessed.
 */
export interface Workload {
  /** What to call it in names of objects and in messages. */
  readonly name: string;
  /** Namespace of the pods. */
  readonly namespace?: string | undefined;
  /** Labels that all its pods have. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Name of the ServiceAccount the pods run as. */
  readonly serviceAccount?: string | undefined;
  /** Its ports. */
  readonly ports?: readonly WorkloadPort[] | undefined;
  /** The Service in front of the pods, which is what a waypoint proxy attaches policies to. */
  readonly service?: string;
  /** The Gateway of Gateway API that istiod runs the pods for: what policies attach to. */
  readonly gateway?: string;
  /** How a user says what is not known, for messages. */
  readonly options: WorkloadOptions;
}

/** The options that say what is not known of a workload, as a user writes them. */
export interface WorkloadOptions {
  /** Where they stand: `the IngressGateway`. */
  readonly of: string;
  readonly namespace: string;
  readonly labels: string;
  readonly serviceAccount: string;
}

/** Something that runs in pods: a service, a gateway. */
export interface WorkloadRef<Scope> {
  /** Its pods, as far as they are known at a place in the program. */
  workload(scope: Scope): Workload;
}

/** True for something that tells which pods run it. */
export function isWorkloadRef<Scope>(value: unknown): value is WorkloadRef<Scope> {
  return typeof value === 'object' && value !== null && 'workload' in value && typeof value.workload === 'function';
}

/** The port a container listens on behind a port of its Service; the same where it is not known. */
export function containerPort(ports: readonly WorkloadPort[] | undefined, port: number): number {
  return ports?.find((one) => one.port === port)?.targetPort ?? port;
}
