import { isObject, text, type Json, type JsonObject } from '../json';

/** Name of the proxy's container. */
export const PROXY = 'istio-proxy';

/** The two lists of a pod that hold containers. */
export type ContainerList = 'containers' | 'initContainers';

/** The containers of a pod's list; empty when there are none. */
export function containersOf(pod: JsonObject, list: ContainerList): readonly JsonObject[] {
  const spec = pod['spec'];
  const containers = isObject(spec) ? spec[list] : undefined;
  return Array.isArray(containers) ? (containers as readonly Json[]).filter(isObject) : [];
}

/** The pod with another list of containers; a list that was not there and stays empty is not added. */
export function withContainers(pod: JsonObject, list: ContainerList, containers: readonly JsonObject[]): JsonObject {
  const spec = isObject(pod['spec']) ? pod['spec'] : {};
  if (containers.length === 0 && spec[list] === undefined) return pod;
  return { ...pod, spec: { ...spec, [list]: containers } };
}

/** The name of a container; empty where it has none. */
export function nameOf(container: JsonObject): string {
  return text(container['name']);
}

/** The container of that name in one list. */
export function findContainer(containers: readonly JsonObject[], name: string): JsonObject | undefined {
  return containers.find((container) => container['name'] === name);
}

/** The proxy of a pod: beside the others, or as native sidecar among the init containers. */
export function findProxy(pod: JsonObject): JsonObject | undefined {
  return (
    findContainer(containersOf(pod, 'containers'), PROXY) ?? findContainer(containersOf(pod, 'initContainers'), PROXY)
  );
}

/** The pod with its proxy changed; a pod without one stays as it is. */
export function changeProxy(pod: JsonObject, change: (proxy: JsonObject) => JsonObject): JsonObject {
  for (const list of ['containers', 'initContainers'] as const) {
    const containers = containersOf(pod, list);
    const place = containers.findIndex((container) => container['name'] === PROXY);
    const proxy = containers[place];
    if (proxy !== undefined) return withContainers(pod, list, containers.with(place, change(proxy)));
  }
  return pod;
}

/** The container of that name first or last; a list without it stays as it is. */
export function moveContainer(
  containers: readonly JsonObject[],
  name: string,
  where: 'first' | 'last',
): readonly JsonObject[] {
  const moved = containers.filter((container) => container['name'] === name).at(-1);
  if (moved === undefined) return containers;
  const rest = containers.filter((container) => container['name'] !== name);
  return where === 'first' ? [moved, ...rest] : [...rest, moved];
}

/** The texts under a name of the metadata, `labels` or `annotations`. */
export function textsOf(pod: JsonObject, name: 'labels' | 'annotations'): Readonly<Record<string, string>> {
  const metadata = pod['metadata'];
  const texts = isObject(metadata) ? metadata[name] : undefined;
  return isObject(texts) ? (texts as Readonly<Record<string, string>>) : {};
}

/** The pod with other labels or annotations. */
export function withTexts(
  pod: JsonObject,
  name: 'labels' | 'annotations',
  texts: Readonly<Record<string, string>>,
): JsonObject {
  const metadata = isObject(pod['metadata']) ? pod['metadata'] : {};
  return { ...pod, metadata: { ...metadata, [name]: texts } };
}

/** A container with one more environment variable at the end. */
export function addEnv(container: JsonObject, name: string, value: string): JsonObject {
  const env = container['env'];
  return { ...container, env: [...(Array.isArray(env) ? (env as readonly Json[]) : []), { name, value }] };
}
