import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { MeshServiceVersion } from '../constructs';

/** Everything of a version but its image. */
export type Workload = Omit<MeshServiceVersion, 'image'>;

/** CPU in millicores and memory in MiB, asked for and at most. */
function resources(cpu: readonly [number, number], memory: readonly [number, number]): kplus.ContainerResources {
  return {
    cpu: { request: kplus.Cpu.millis(cpu[0]), limit: kplus.Cpu.millis(cpu[1]) },
    memory: { request: Size.mebibytes(memory[0]), limit: Size.mebibytes(memory[1]) },
  };
}

/** All programs of the shop answer `/health`; a startup probe lets the slow ones take their time, the others are quick. */
function probes(path: string, port: number): Workload {
  const every = { port, periodSeconds: Duration.seconds(3) };
  return {
    startup: kplus.Probe.fromHttpGet(path, { ...every, failureThreshold: 100 }),
    readiness: kplus.Probe.fromHttpGet(path, every),
    liveness: kplus.Probe.fromHttpGet(path, { ...every, failureThreshold: 5 }),
  };
}

/** What the restricted Pod Security Standard asks for. */
const HARDENED: Workload = {
  securityContext: {
    ensureNonRoot: true,
    user: 10001,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
  },
  capabilities: { drop: ['ALL'] },
  seccompProfile: 'RuntimeDefault',
};

/**
 * Programs that listen on port 80 as another user than root. Their files carry the capability to do so, and executing
 * them fails where it is not in the bounding set; the sysctl is what lets them listen without gaining privileges.
 */
const ON_PORT_80: Workload = {
  ...HARDENED,
  capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
  sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
};

/** Prometheus finds pods by these, also when their metrics are merged with the proxy's. */
function scraped(port: number, path = '/metrics'): Workload {
  return {
    podAnnotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(port),
      'prometheus.io/path': path,
    },
  };
}

/** The page of the shop: Node.js on port 8079. */
export const FRONT_END: Workload = {
  ...HARDENED,
  ...probes('/', 8079),
  ...scraped(8079),
  resources: resources([100, 300], [300, 1000]),
  env: { SESSION_REDIS: 'true' },
};

/** A small Go program on port 80. */
export const GO: Workload = {
  ...ON_PORT_80,
  ...probes('/health', 80),
  ...scraped(80),
  resources: resources([100, 200], [100, 200]),
};

/** A Java program on port 80; it reports to Zipkin only when told where it is. */
export function java(zipkinHost: string | undefined): Workload {
  const options = '-Xms64m -Xmx128m -XX:+UseG1GC -Djava.security.egd=file:/dev/urandom';
  return {
    ...ON_PORT_80,
    ...probes('/health', 80),
    ...scraped(80),
    resources: resources([100, 500], [300, 500]),
    emptyDirs: { tmp: { path: '/tmp', medium: 'Memory' } },
    env:
      zipkinHost === undefined
        ? { JAVA_OPTS: `${options} -Dspring.zipkin.enabled=false` }
        : { JAVA_OPTS: options, ZIPKIN: zipkinHost },
  };
}

/** A store: it starts as root and gives that up, so it cannot run under the restricted standard, only under baseline. */
export function store(data: Readonly<Record<string, string>>): Workload {
  return {
    securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: true },
    capabilities: { drop: ['ALL'], add: ['CHOWN', 'SETGID', 'SETUID'] },
    seccompProfile: 'RuntimeDefault',
    emptyDirs: { tmp: { path: '/tmp', medium: 'Memory' }, ...data },
  };
}

/** A store whose image needs to write where it likes. */
export const WRITABLE_STORE: Workload = { seccompProfile: 'RuntimeDefault' };

/** The queue, which also changes who owns its files when it starts. */
export const QUEUE: Workload = {
  ...store({ data: '/var/lib/rabbitmq' }),
  capabilities: { drop: ['ALL'], add: ['CHOWN', 'SETGID', 'SETUID', 'DAC_OVERRIDE'] },
};
