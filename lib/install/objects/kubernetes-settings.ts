import { found, IssueError, type Issue } from '../../findings';
import { readYaml, refOf, type KubeObject } from '../../manifest';
import { isTree, MergeError, strategicMerge, type JsonObject, type Path, type Tree } from '../../json';
import type { KubernetesSettings, Overlay } from '../options/spec';
import { PathError, patchAtPath } from '../options/path-patch';

/** What the settings of a component are applied to. */
export interface PatchTarget {
  /** Kind of the component's workload. */
  readonly kind: 'Deployment' | 'DaemonSet';
  /** Name of the workload, and of its Service, autoscaler and budget. */
  readonly name: string;
  /** Name of the workload's main container. */
  readonly container: string;
  /** Ports of a gateway's Service are settings of the whole gateway: they have been applied already. */
  readonly isGateway: boolean;
}

interface Patch {
  readonly kind: string;
  readonly patch: Tree;
  /** The settings that it comes from, where they are about an object of their own. */
  readonly setting?: string;
}

/** The settings that are about an object which an install may lack, and what makes it have one. */
const NEEDS: Readonly<Record<string, string>> = {
  hpaSpec: 'Turn autoscaling on for the component.',
  podDisruptionBudget: 'Give the component more than one replica (autoscaleMin or replicaCount).',
  service: 'The component has no Service of this name.',
  serviceAnnotations: 'The component has no Service of this name.',
};

/** The settings as patches of objects, each where the field is. */
function patchesOf(k8s: KubernetesSettings, { kind, container, isGateway }: PatchTarget): Patch[] {
  const pod = (spec: Tree): Patch => ({ kind, patch: { spec: { template: { spec } } } });
  const main = (fields: Tree): Patch => pod({ containers: [{ name: container, ...fields }] });
  const { ports: _ports, ...serviceFields } = k8s.service ?? {};
  const service = isGateway ? serviceFields : (k8s.service ?? {});
  const given = <T>(value: T | undefined, patch: (value: T) => Patch): Patch[] =>
    value === undefined ? [] : [patch(value)];
  return [
    ...given(k8s.affinity, (affinity) => pod({ affinity })),
    ...given(k8s.env, (env) => main({ env })),
    ...given(k8s.hpaSpec, (spec) => ({ kind: 'HorizontalPodAutoscaler', patch: { spec }, setting: 'hpaSpec' })),
    ...given(k8s.imagePullPolicy, (imagePullPolicy) => main({ imagePullPolicy })),
    ...given(k8s.nodeSelector, (nodeSelector) => pod({ nodeSelector })),
    ...given(k8s.podDisruptionBudget, (spec) => ({
      kind: 'PodDisruptionBudget',
      patch: { spec },
      setting: 'podDisruptionBudget',
    })),
    ...given(k8s.podAnnotations, (annotations) => ({
      kind,
      patch: { spec: { template: { metadata: { annotations } } } },
    })),
    ...given(k8s.priorityClassName, (priorityClassName) => pod({ priorityClassName })),
    ...given(k8s.readinessProbe, (readinessProbe) => main({ readinessProbe })),
    ...given(k8s.replicaCount, (replicas) => ({ kind, patch: { spec: { replicas } } })),
    ...given(k8s.resources, (resources) => main({ resources })),
    ...given(k8s.strategy, (strategy) => ({ kind, patch: { spec: { strategy } } })),
    ...given(k8s.tolerations, (tolerations) => pod({ tolerations })),
    ...given(k8s.serviceAnnotations, (annotations) => ({
      kind: 'Service',
      patch: { metadata: { annotations } },
      setting: 'serviceAnnotations',
    })),
    ...given(k8s.service === undefined ? undefined : service, (spec) => ({
      kind: 'Service',
      patch: { spec },
      setting: 'service',
    })),
    ...given(k8s.securityContext, (securityContext) => pod({ securityContext })),
    ...given(k8s.volumes, (volumes) => pod({ volumes })),
    ...given(k8s.volumeMounts, (volumeMounts) => main({ volumeMounts })),
  ];
}

/** The object with a patch, as the API server would merge it. */
function merged(object: KubeObject, patch: Tree): KubeObject {
  // Both are JSON: they came from it, or are written to it.
  return strategicMerge(object as unknown as JsonObject, patch as JsonObject, object.kind) as unknown as KubeObject;
}

/** A budget may have one of the two bounds: a maximum that was set takes the place of the default minimum. */
function oneBound(object: KubeObject): KubeObject {
  const spec = object.spec;
  if (object.kind !== 'PodDisruptionBudget' || !isTree(spec)) return object;
  if (spec.maxUnavailable === undefined || spec.minAvailable === undefined) return object;
  return { ...object, spec: { ...spec, minAvailable: null } };
}

/** A value of an overlay: a text that is a YAML map stands for the map, as `istioctl` has it. */
function overlayValue(value: unknown): unknown {
  if (typeof value !== 'string' || !value.includes(':')) return value;
  try {
    JSON.parse(value);
    return value;
  } catch {
    const read = readYaml(value).others[0]?.value;
    return isTree(read) ? read : value;
  }
}

function applyOverlay(objects: readonly KubeObject[], overlay: Overlay, at: Path, issues: Issue[]): KubeObject[] {
  const isMeant = (object: KubeObject): boolean =>
    object.kind === overlay.kind && object.metadata.name === overlay.name;
  if (!objects.some(isMeant)) {
    const known = objects.map((object) => `${object.kind} ${object.metadata.name}`);
    issues.push(found('overlay-without-object', { kind: overlay.kind, name: overlay.name, known }, { at }));
    return [...objects];
  }
  return objects.map((object) => {
    if (!isMeant(object)) return object;
    return overlay.patches.reduce((patched, { path, value }, index) => {
      try {
        return patchAtPath(patched, path, overlayValue(value)) as KubeObject;
      } catch (error) {
        if (!(error instanceof PathError)) throw error;
        const place = { object: refOf(object), at: [...at, 'patches', index, 'path'] };
        issues.push(found('overlay-path', { path, reason: error.message }, place));
        return patched;
      }
    }, object);
  });
}

/**
 * The objects of a component with its Kubernetes settings applied: first the fields of its workload, Service, autoscaler
 * and budget, then the overlays of any object.
 *
 * @throws IssueError when an overlay names an object or a place that does not exist, or a setting cannot be merged.
 */
export function withKubernetesSettings(
  objects: readonly KubeObject[],
  k8s: KubernetesSettings,
  target: PatchTarget | undefined,
  at: Path,
): KubeObject[] {
  const patches = target === undefined ? [] : patchesOf(k8s, target);
  const issues: Issue[] = [];
  let result = objects.map((object) => {
    if (target === undefined || object.metadata.name !== target.name) return object;
    const own = patches.filter((patch) => patch.kind === object.kind);
    return own.reduce((patched, { patch }) => {
      try {
        return oneBound(merged(patched, patch));
      } catch (error) {
        if (!(error instanceof MergeError)) throw error;
        const place = { object: refOf(object), at: [...at, 'k8s'] };
        issues.push(found('setting-not-mergeable', { reason: error.message }, place));
        return patched;
      }
    }, object);
  });
  for (const [index, overlay] of (k8s.overlays ?? []).entries()) {
    result = applyOverlay(result, overlay, [...at, 'k8s', 'overlays', index], issues);
  }
  if (issues.length > 0) throw new IssueError(issues);
  return result;
}

/** Warnings for settings about an object that the component does not have: they change nothing. */
export function settingsWithoutEffect(
  objects: readonly KubeObject[],
  k8s: KubernetesSettings,
  target: PatchTarget,
  at: Path,
): Issue[] {
  return patchesOf(k8s, target).flatMap(({ kind, setting }): Issue[] => {
    const isThere = objects.some((object) => object.kind === kind && object.metadata.name === target.name);
    if (setting === undefined || isThere) return [];
    const facts = { setting, kind, name: target.name, fix: NEEDS[setting] ?? 'Remove it.' };
    return [found('setting-without-effect', facts, { at: [...at, 'k8s', setting] })];
  });
}
