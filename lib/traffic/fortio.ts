/** How hard, and how long, a load is. */
export interface LoadSettings {
  /** Connections at once, 1 or more. */
  readonly connections: number;
  /** Requests in all; exactly one of this and `duration`. */
  readonly requests?: number;
  /** How long, such as `30s`. */
  readonly duration?: string;
  /** Requests per second; 0 for as fast as possible. */
  readonly qps: number;
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The arguments of `fortio` for a load. */
export function fortioArguments(url: string, load: LoadSettings): string[] {
  const { connections, requests, duration, qps, headers = {} } = load;
  return [
    'load',
    '-c',
    String(connections),
    '-qps',
    String(qps),
    ...(requests === undefined ? [] : ['-n', String(requests)]),
    ...(duration === undefined ? [] : ['-t', duration]),
    '-loglevel',
    'Warning',
    '-allow-initial-errors',
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    url,
  ];
}

/** What is to be seen of a load against a limit of connections. */
export interface LoadExpectation {
  /** True when some requests are answered with 503 and the response flag UO. */
  readonly overflows: boolean;
  readonly why: string;
}

/**
 * Whether a load overflows a connection pool. A proxy holds `connections` and lets `pendingRequests` wait; what comes
 * beyond is refused. Where a connection serves one request, it may still count while the next request arrives: then a
 * load overflows as soon as it fills the connections. How many are refused depends on timing, so only whether is said.
 */
export function expectedOverflow(
  load: number,
  limits: {
    readonly connections?: number;
    readonly pendingRequests?: number;
    readonly requestsPerConnection?: number;
  },
): LoadExpectation {
  const { connections, pendingRequests, requestsPerConnection } = limits;
  if (connections === undefined || pendingRequests === undefined) {
    return { overflows: false, why: 'requests wait without limit, so all succeed' };
  }
  const room = `room for ${connections} and ${pendingRequests} waiting`;
  if (load > connections + pendingRequests) return { overflows: true, why: `${load} at once against ${room}` };
  if (requestsPerConnection === 1 && load >= connections) {
    return { overflows: true, why: `${load} at once against ${room}, and a connection serves one request` };
  }
  return { overflows: false, why: `${load} at once fit into ${room}` };
}
