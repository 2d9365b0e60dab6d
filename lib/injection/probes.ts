import { parseBool } from './annotation-values';
import { asPrinted, goJson } from './as-printed';
import { addEnv, changeProxy, containersOf, findProxy, nameOf, PROXY, textsOf, withContainers } from './containers';
import { dropUndefined, isObject, text, type Json, type JsonObject } from '../json';

const PROBERS = 'ISTIO_KUBE_APP_PROBERS';

/** Where a container holds something the kubelet calls, and the path the agent serves in its place. */
const PROBES = [
  { field: 'readinessProbe', path: (name: string) => `/app-health/${name}/readyz` },
  { field: 'livenessProbe', path: (name: string) => `/app-health/${name}/livez` },
  { field: 'startupProbe', path: (name: string) => `/app-health/${name}/startupz` },
] as const;
const HOOKS = [
  { field: 'preStop', path: (name: string) => `/app-lifecycle/${name}/prestopz` },
  { field: 'postStart', path: (name: string) => `/app-lifecycle/${name}/poststartz` },
] as const;

type Ports = ReadonlyMap<string, number>;

/** The port a call names, by number; undefined for a name the container does not have. */
function numberOf(port: Json | undefined, ports: Ports): number | undefined {
  return typeof port === 'number' ? port : ports.get(text(port));
}

/** The call as the agent has to make it; undefined for one it need not or cannot make. */
function callOf(call: JsonObject, ports: Ports, statusPort: number, isHook: boolean): JsonObject | undefined {
  const timeout = call['timeoutSeconds'];
  const rest: JsonObject = !isHook && typeof timeout === 'number' && timeout !== 0 ? { timeoutSeconds: timeout } : {};
  for (const [kind, type] of [
    ['httpGet', 'HTTPGetAction'],
    ['tcpSocket', 'TCPSocketAction'],
  ] as const) {
    const action = call[kind];
    if (!isObject(action)) continue;
    const port = numberOf(action['port'], ports);
    // A call to the agent was rewritten before.
    if (port === undefined || (typeof action['port'] === 'number' && port === statusPort)) return undefined;
    return { [kind]: asPrinted({ ...action, port }, type), ...rest };
  }
  const grpc = call['grpc'];
  if (isHook || !isObject(grpc)) return undefined;
  return { grpc: { port: grpc['port'] ?? 0, service: grpc['service'] ?? null }, ...rest };
}

/** The call the kubelet makes instead: to the agent, over plain HTTP. */
function redirected(call: JsonObject, path: string, port: number, isHook: boolean): JsonObject | undefined {
  const { httpGet, tcpSocket, grpc, ...rest } = call;
  if (isObject(httpGet)) {
    const { scheme, ...action } = httpGet;
    return {
      ...rest,
      httpGet: {
        ...action,
        path,
        port,
        ...dropUndefined({ scheme: scheme === 'HTTPS' ? 'HTTP' : scheme }),
      },
    };
  }
  if (isObject(tcpSocket) || (!isHook && isObject(grpc))) return { ...rest, httpGet: { path, port } };
  return undefined;
}

function portsOf(container: JsonObject): Ports {
  const ports = new Map<string, number>();
  for (const port of Array.isArray(container['ports']) ? (container['ports'] as readonly Json[]) : []) {
    if (!isObject(port)) continue;
    const [name, number] = [port['name'], port['containerPort']];
    if (typeof name === 'string' && name !== '' && typeof number === 'number') ports.set(name, number);
  }
  return ports;
}

function collect(container: JsonObject, statusPort: number, into: Record<string, Json>): void {
  const name = nameOf(container);
  const ports = portsOf(container);
  for (const { field, path } of PROBES) {
    const probe = container[field];
    const call = isObject(probe) ? callOf(probe, ports, statusPort, false) : undefined;
    if (call !== undefined) into[path(name)] = call;
  }
  const lifecycle = container['lifecycle'];
  for (const { field, path } of HOOKS) {
    const hook = isObject(lifecycle) ? lifecycle[field] : undefined;
    const call = isObject(hook) ? callOf(hook, ports, statusPort, true) : undefined;
    if (call !== undefined) into[path(name)] = call;
  }
}

function rewriteContainer(container: JsonObject, port: number): JsonObject {
  if (container['name'] === PROXY) return container;
  const name = nameOf(container);
  let result = container;
  for (const { field, path } of PROBES) {
    const probe = container[field];
    const changed = isObject(probe) ? redirected(probe, path(name), port, false) : undefined;
    if (changed !== undefined) result = { ...result, [field]: changed };
  }
  const lifecycle = container['lifecycle'];
  if (!isObject(lifecycle)) return result;
  for (const { field, path } of HOOKS) {
    const hook = lifecycle[field];
    const changed = isObject(hook) ? redirected(hook, path(name), port, true) : undefined;
    if (changed !== undefined) {
      const before = isObject(result['lifecycle']) ? result['lifecycle'] : {};
      result = { ...result, lifecycle: { ...before, [field]: changed } };
    }
  }
  return result;
}

/** Tells the agent of the calls; what it knew from an injection before stays. */
function tellProxy(proxy: JsonObject, probers: Record<string, Json>, isInjected: boolean): JsonObject {
  const env = Array.isArray(proxy['env']) ? (proxy['env'] as readonly Json[]) : [];
  const place = isInjected ? env.findIndex((item) => isObject(item) && item['name'] === PROBERS) : -1;
  const known = env[place];
  const before = isObject(known) && typeof known['value'] === 'string' ? parseProbers(known['value']) : {};
  if (before === undefined) return proxy;
  const all = { ...probers, ...before };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (place < 0) return addEnv(proxy, PROBERS, goJson(sorted));
  return { ...proxy, env: env.with(place, { name: PROBERS, value: goJson(sorted) }) };
}

/** A call that was told before, as istiod writes it: fields in their order, without empty ones. */
function callAsPrinted(call: JsonObject): JsonObject {
  const { httpGet, tcpSocket, grpc, timeoutSeconds } = call;
  return {
    ...(isObject(httpGet) ? { httpGet: asPrinted(httpGet, 'HTTPGetAction') } : {}),
    ...(isObject(tcpSocket) ? { tcpSocket: asPrinted(tcpSocket, 'TCPSocketAction') } : {}),
    ...(isObject(grpc) ? { grpc: { port: grpc['port'] ?? 0, service: grpc['service'] ?? null } } : {}),
    ...(typeof timeoutSeconds === 'number' && timeoutSeconds !== 0 ? { timeoutSeconds } : {}),
  };
}

function parseProbers(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    if (!isObject(value)) return undefined;
    return Object.fromEntries(
      Object.entries(value).map(([path, call]) => [path, isObject(call) ? callAsPrinted(call) : call]),
    );
  } catch {
    return undefined;
  }
}

/**
 * Sends the kubelet's calls (HTTP, TCP and gRPC probes, HTTP and TCP lifecycle hooks) to the agent, which makes them in
 * the application's stead: the kubelet has no certificate for mutual TLS. Named ports become numbers; a probe of a name
 * the container does not have is redirected but answered by nobody, as Istio does it.
 *
 * Source: https://istio.io/latest/docs/ops/configuration/mesh/app-health-check/
 */
export function rewriteProbes(
  pod: JsonObject,
  options: { readonly isOn: boolean; readonly statusPort: number; readonly isInjected: boolean },
): JsonObject {
  const annotations = textsOf(pod, 'annotations');
  const isWanted = parseBool(annotations['sidecar.istio.io/rewriteAppHTTPProbers']) ?? options.isOn;
  if (!isWanted || findProxy(pod) === undefined) return pod;
  const probers: Record<string, Json> = {};
  for (const list of ['initContainers', 'containers'] as const) {
    for (const container of containersOf(pod, list)) {
      if (container['name'] !== PROXY) collect(container, options.statusPort, probers);
    }
  }
  let result = pod;
  if (Object.keys(probers).length > 0) {
    result = changeProxy(result, (proxy) => tellProxy(proxy, probers, options.isInjected));
  }
  const own = annotations['status.sidecar.istio.io/port'];
  const port = own === undefined ? options.statusPort : Number.parseInt(own, 10) || 0;
  for (const list of ['containers', 'initContainers'] as const) {
    const containers = containersOf(result, list);
    result = withContainers(
      result,
      list,
      containers.map((container) => rewriteContainer(container, port)),
    );
  }
  return result;
}
