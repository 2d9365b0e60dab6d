import { asPrinted, goJson } from './as-printed';
import {
  changeProxy,
  containersOf,
  findContainer,
  findProxy,
  nameOf,
  PROXY,
  textsOf,
  withContainers,
  withTexts,
  type ContainerList,
} from './containers';
import { dropUndefined, isObject, strategicMerge, type Json, type JsonObject } from '../json';

const OVERRIDES = 'proxy.istio.io/overrides';
const STATUS = 'sidecar.istio.io/status';
const LISTS = ['containers', 'initContainers'] as const satisfies readonly ContainerList[];

/** An annotation that holds no readable JSON although it must. */
export class AnnotationError extends Error {}

type Overrides = Readonly<Record<ContainerList, readonly JsonObject[]>>;

function overridesOf(pod: JsonObject): Overrides {
  const text = textsOf(pod, 'annotations')[OVERRIDES];
  if (text === undefined) return { containers: [], initContainers: [] };
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new AnnotationError(`annotation ${OVERRIDES} is no JSON`);
  }
  const list = (name: ContainerList): readonly JsonObject[] => {
    const found = isObject(value) ? value[name] : undefined;
    return Array.isArray(found) ? (found as readonly Json[]).filter(isObject) : [];
  };
  return { containers: list('containers'), initContainers: list('initContainers') };
}

/** What an injection before says it added: names by list; undefined for a pod that was not injected. */
export function injectedNames(pod: JsonObject): Readonly<Record<ContainerList, readonly string[]>> | undefined {
  const text = textsOf(pod, 'annotations')[STATUS];
  if (text === undefined) return undefined;
  let value: Json = null;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    // Not what an injection writes: nothing is known to be injected.
  }
  const names = (name: ContainerList): readonly string[] => {
    const found = isObject(value) ? value[name] : undefined;
    return Array.isArray(found) ? (found as readonly Json[]).map(String) : [];
  };
  return { containers: names('containers'), initContainers: names('initContainers') };
}

/**
 * The pod as it was before an injection, for templates to look at: without injected containers, and with those the
 * owner had given a container of the same name.
 */
export function beforeInjection(pod: JsonObject): JsonObject {
  const injected = injectedNames(pod);
  let result = pod;
  if (injected !== undefined) {
    for (const list of LISTS) {
      const containers = containersOf(result, list);
      result = withContainers(
        result,
        list,
        containers.filter((container) => !injected[list].includes(nameOf(container))),
      );
    }
  }
  const overrides = overridesOf(pod);
  for (const list of LISTS) {
    const containers = containersOf(result, list);
    const missing = overrides[list].filter((container) => findContainer(containers, nameOf(container)) === undefined);
    if (missing.length > 0) result = withContainers(result, list, [...containers, ...missing]);
  }
  return result;
}

/** The owner's container of that name. A native sidecar may stand among the containers, where people write it. */
function ownContainer(pod: JsonObject, list: ContainerList, name: string): JsonObject | undefined {
  const own = findContainer(containersOf(pod, 'containers'), name);
  return own ?? (list === 'initContainers' ? findContainer(containersOf(pod, list), name) : undefined);
}

/**
 * Merges the owner's own fields of injected containers once more, so that they win over the template: a container
 * `istio-proxy` in the pod, whose image may be `auto`. What was merged is kept in an annotation for the next injection.
 *
 * @throws AnnotationError when that annotation is no JSON.
 */
export function reapplyOwnContainers(merged: JsonObject, original: JsonObject, template: JsonObject): JsonObject {
  const existing = overridesOf(original);
  const injected = injectedNames(original);
  const applied: Record<ContainerList, JsonObject[]> = { containers: [], initContainers: [] };
  let result = merged;
  for (const list of LISTS) {
    for (const container of containersOf(template, list)) {
      const name = nameOf(container);
      const isInjected = injected?.[list].includes(name) === true;
      const own = findContainer(existing[list], name) ?? (isInjected ? undefined : ownContainer(original, list, name));
      if (own === undefined) continue;
      const { image, ...rest } = own;
      // As Kubernetes keeps it: a null, an empty list or an empty text says nothing, so the template's value stays.
      const overlay = asPrinted(image === 'auto' ? rest : own, 'Container');
      applied[list].push(overlay);
      result = strategicMerge(result, { spec: { [list]: [overlay] } });
    }
  }
  if (injected !== undefined || applied.containers.length + applied.initContainers.length === 0) return result;
  const kept: Record<string, Json> = {};
  for (const list of LISTS) {
    if (applied[list].length > 0) kept[list] = applied[list];
  }
  return withTexts(result, 'annotations', { ...textsOf(result, 'annotations'), [OVERRIDES]: goJson(kept) });
}

function userOf(container: JsonObject | undefined, field: 'runAsUser' | 'runAsGroup'): number | undefined {
  const context = container?.['securityContext'];
  const value = isObject(context) ? context[field] : undefined;
  return typeof value === 'number' ? value : undefined;
}

/**
 * Where the owner runs the proxy as another user, traffic capture has to let that user through: `-u` of the init
 * container follows, and `istio-validation` runs as the same user. TPROXY always needs root.
 */
export function followOwnUser(pod: JsonObject, original: JsonObject, isTproxyMesh: boolean): JsonObject {
  const own = findProxy(original);
  const [user, group] = [userOf(own, 'runAsUser'), userOf(own, 'runAsGroup')];
  if (user === undefined && group === undefined) return pod;
  const init = containersOf(pod, 'initContainers');
  const capture = findContainer(init, 'istio-init') ?? findContainer(init, 'istio-validation');
  if (capture === undefined) return pod;
  const isTproxy = isTproxyMesh || textsOf(pod, 'annotations')['sidecar.istio.io/interceptionMode'] === 'TPROXY';
  let changed = capture;
  if (!isTproxy && capture['name'] === 'istio-validation') {
    const context = isObject(capture['securityContext']) ? capture['securityContext'] : {};
    changed = {
      ...changed,
      securityContext: {
        ...context,
        ...dropUndefined({ runAsUser: user, runAsGroup: group }),
      },
    };
  }
  const args = Array.isArray(capture['args']) ? (capture['args'] as readonly Json[]) : [];
  const place = args.indexOf('-u');
  if (user !== undefined && user !== 0 && place >= 0)
    changed = { ...changed, args: args.with(place + 1, String(user)) };
  let result = withContainers(
    pod,
    'initContainers',
    init.map((container) => (container === capture ? changed : container)),
  );
  if (isTproxy && user !== undefined) {
    for (const list of LISTS) {
      result = withContainers(
        result,
        list,
        containersOf(result, list).map((container) =>
          container['name'] === PROXY
            ? { ...container, securityContext: { ...(container['securityContext'] as JsonObject), runAsUser: 0 } }
            : container,
        ),
      );
    }
  }
  return result;
}

/**
 * OpenShift writes one user into every container of a pod. Where the proxy got the application's, nobody chose it, and
 * capture would let the application's traffic pass by: the proxy's user is left to the template.
 */
export function withoutSharedUser(pod: JsonObject): JsonObject {
  const proxy = findProxy(pod);
  if (proxy === undefined || !isObject(proxy['securityContext'])) return pod;
  const others = [...containersOf(pod, 'containers'), ...containersOf(pod, 'initContainers')].filter(
    (container) => ![PROXY, 'istio-init', 'istio-validation'].includes(nameOf(container)),
  );
  const users = others.map((container) => userOf(container, 'runAsUser')).filter((user) => user !== undefined);
  if ((userOf(proxy, 'runAsUser') ?? 0) !== (users.at(-1) ?? 0)) return pod;
  return changeProxy(pod, (container) => {
    const { runAsUser: _, runAsGroup: __, ...context } = container['securityContext'] as JsonObject;
    return { ...container, securityContext: context };
  });
}
