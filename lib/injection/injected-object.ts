import { displayRef, found, IssueError, type Issue } from '../findings';
import { placeInTemplate } from './place-in-template';
import { refOf, type KubeObject } from '../manifest';
import type { MeshSettings } from '../install';
import { injectPodTemplate, type InjectOptions } from './inject';
import type { SkipReason } from './injection-required';
import { modeIssues, type InjectionSituation } from './mode-issues';
import { settingsOfMesh, valueAt } from './settings';
import { dropUndefined, type JsonObject } from '../json';
import { objectAt, withObjectAt, workloadKind } from './workload-kinds';

/** An object whose pods carry their sidecar already, or the same object where there was nothing to add. */
export interface InjectedObject {
  readonly object: KubeObject;
  readonly injected: boolean;
  readonly reason?: SkipReason;
  readonly issues: readonly Issue[];
}

type Texts = Readonly<Record<string, string>>;

const textsAt = (template: JsonObject, name: 'labels' | 'annotations'): Texts =>
  (objectAt(template, ['metadata', name]) ?? {}) as Texts;

/**
 * A workload as it runs in the mesh, injected at synthesis: the pod template is the pod after injection, and everything
 * else of the object stays as it was written. The template's label `sidecar.istio.io/inject: "false"` opts out.
 *
 * @throws Error for a `kubernetesVersion` of no known form.
 */
function injectedObject(object: KubeObject, mesh: MeshSettings, options: InjectOptions = {}): InjectedObject {
  const json = object as unknown as JsonObject;
  const kind = workloadKind(json);
  const template = kind === undefined ? undefined : objectAt(json, kind.path);
  if (kind === undefined || template === undefined) {
    return { object, injected: false, reason: 'not-a-workload', issues: [] };
  }
  if (valueAt(mesh.values as JsonObject, 'global') === undefined) {
    const ref = refOf(object);
    const issue = found('unknown-mesh-values', { object: displayRef(ref) }, { object: ref });
    return { object, injected: false, issues: [issue] };
  }
  const workload = {
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    apiVersion: object.apiVersion,
    kind: object.kind,
  };
  const { template: pod, ...result } = injectPodTemplate(template, workload, settingsOfMesh(mesh), options);
  const issues = result.issues.map((issue) => ({ ...placeInTemplate(issue, kind.path), object: refOf(object) }));
  const changed = result.injected ? (withObjectAt(json, kind.path, pod) as unknown as KubeObject) : object;
  return { ...result, object: changed, issues };
}

/**
 * The object after injection at synthesis.
 *
 * @throws IssueError when it cannot be injected as it is.
 */
export function mustInject(object: KubeObject, mesh: MeshSettings, options: InjectOptions = {}): KubeObject {
  const result = injectedObject(object, mesh, options);
  const errors = result.issues.filter((issue) => issue.severity === 'error');
  if (errors.length > 0) throw new IssueError(errors);
  return result.object;
}

/**
 * What contradicts itself in how a workload joins the mesh: its pods' labels and annotations, those of its namespace, and
 * the mesh.
 */
export function workloadModeIssues(
  object: KubeObject,
  mesh: MeshSettings,
  namespace?: InjectionSituation['namespace'],
  origin?: string,
): Issue[] {
  const json = object as unknown as JsonObject;
  const kind = workloadKind(json);
  const template = kind === undefined ? undefined : objectAt(json, kind.path);
  if (kind === undefined || template === undefined) return [];
  const spec = objectAt(template, ['spec']);
  const pod = { labels: textsAt(template, 'labels'), annotations: textsAt(template, 'annotations'), spec };
  const found = modeIssues(dropUndefined({ mesh, namespace, pod: dropUndefined(pod), object: refOf(object), origin }));
  if (found.length === 0) return [];
  // What is wrong with the namespace alone is said once, at the namespace.
  const alone = namespace === undefined ? [] : modeIssues({ mesh, namespace });
  return found
    .filter((issue) => !alone.some((other) => other.code === issue.code && other.message === issue.message))
    .map((issue) => placeInTemplate(issue, kind.path));
}
