import { containersOf, findContainer, moveContainer, PROXY, textsOf, withContainers } from './containers';
import type { JsonObject } from '../json';

const CAPTURE = ['istio-validation', 'istio-init'] as const;

/**
 * The containers in the order they have to start in. With a native sidecar: traffic capture, the containers named before
 * the proxy by annotation, the proxy, the rest. Without: `istio-validation` first so that it blocks the others,
 * `istio-init` last so that the others still have a network, and the proxy last, or first where the application waits
 * for it.
 */
export function orderContainers(pod: JsonObject, holdsApplication: boolean): JsonObject {
  let result = withContainers(
    pod,
    'containers',
    moveContainer(containersOf(pod, 'containers'), PROXY, holdsApplication ? 'first' : 'last'),
  );
  let init = containersOf(result, 'initContainers');
  if (findContainer(init, PROXY) !== undefined) {
    init = moveContainer(init, 'enable-core-dump', 'first');
    init = moveContainer(init, PROXY, 'first');
    const named = textsOf(pod, 'annotations')['sidecar.istio.io/init-containers-before-proxy'] ?? '';
    // A name given twice counts where it stands first.
    for (const name of [...new Set(named.split(','))].reverse()) {
      init = moveContainer(init, name, 'first');
    }
    for (const name of CAPTURE) init = moveContainer(init, name, 'first');
  } else {
    init = moveContainer(init, 'istio-validation', 'first');
    init = moveContainer(init, 'istio-init', 'last');
    init = moveContainer(init, 'enable-core-dump', 'last');
  }
  result = withContainers(result, 'initContainers', init);
  return result;
}
