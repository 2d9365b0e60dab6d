import { groupOf, type KubeObject } from '../manifest';
import { isEqual } from '../json';

const WORKLOADS = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet']);
const CONTAINER_LISTS = ['containers', 'initContainers'] as const;

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

const podSpec = (object: KubeObject): Fields | undefined => fields(fields(fields(object.spec)?.template)?.spec);

/** A list of containers with the images of another, by container name; nothing where the names differ. */
function withImages(list: unknown, images: unknown): unknown {
  if (!Array.isArray(list) || !Array.isArray(images)) return list;
  return list.map((item: unknown) => {
    const container = fields(item);
    const other = (images as unknown[]).map(fields).find((candidate) => candidate?.name === container?.name);
    return container === undefined || other?.image === undefined ? item : { ...container, image: other.image };
  });
}

/**
 * A strategic merge patch with nothing but replicas and images, where that is all two versions of a workload differ in;
 * people read it at a glance, and tools that bump images know it. Nothing for any other difference.
 */
export function workloadPatch(from: KubeObject, to: KubeObject): Fields | undefined {
  if (!WORKLOADS.has(`${groupOf(from.apiVersion)}/${from.kind}`)) return undefined;
  const [fromSpec, toSpec] = [fields(from.spec), fields(to.spec)];
  const [fromPod, toPod] = [podSpec(from), podSpec(to)];
  if (fromSpec === undefined || toSpec === undefined || fromPod === undefined || toPod === undefined) return undefined;
  if ('replicas' in fromSpec !== 'replicas' in toSpec) return undefined;

  const pod: Record<string, unknown> = { ...fromPod };
  const images: Record<string, unknown> = {};
  for (const list of CONTAINER_LISTS) {
    if (!(list in fromPod)) continue;
    pod[list] = withImages(fromPod[list], toPod[list]);
    if (isEqual(pod[list], fromPod[list])) continue;
    images[list] = (pod[list] as Fields[]).map(({ name, image }, i) =>
      isEqual(image, (fromPod[list] as Fields[])[i]?.image) ? { name } : { name, image },
    );
  }
  const spec: Record<string, unknown> = { ...fromSpec, template: { ...fields(fromSpec.template), spec: pod } };
  if ('replicas' in toSpec) spec.replicas = toSpec.replicas;
  if (!isEqual({ ...from, spec }, to)) return undefined;

  const { name, namespace } = from.metadata;
  return {
    apiVersion: from.apiVersion,
    kind: from.kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: {
      ...(isEqual(fromSpec.replicas, toSpec.replicas) ? {} : { replicas: toSpec.replicas }),
      ...(Object.keys(images).length === 0 ? {} : { template: { spec: images } }),
    },
  };
}
