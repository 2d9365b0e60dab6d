import { displayRef, IssueError, type Issue } from '../findings';
import { refOf, type KubeObject } from '../manifest';
import type { MeshSettings } from '../install';
import { injectPodTemplate, type InjectOptions } from './inject';
import type { SkipReason } from './injection-required';
import { modeIssues, type InjectionSituation } from './mode-issues';
import { settingsOfMesh, valueAt } from './settings';
import type { JsonObject } from '../json';
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
export function injectedObject(object: KubeObject, mesh: MeshSettings, options: InjectOptions = {}): InjectedObject {
  const json = object as unknown as JsonObject;
  const kind = workloadKind(json);
  const template = kind === undefined ? undefined : objectAt(json, kind.path);
  if (kind === undefined || template === undefined) {
    return { object, injected: false, reason: 'not-a-workload', issues: [] };
  }
  if (valueAt(mesh.values as JsonObject, 'global') === undefined) {
    const issue: Issue = {
      code: 'unknown-mesh-values',
      severity: 'error',
      message: `${displayRef(refOf(object))} is to be injected at synthesis, but the settings of the mesh's injector are not known.`,
      object: refOf(object),
      fix: 'Give the mesh its values: those of the ConfigMap istio-sidecar-injector.',
    };
    return { object, injected: false, issues: [issue] };
  }
  const workload = {
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    apiVersion: object.apiVersion,
    kind: object.kind,
  };
  const { template: pod, ...result } = injectPodTemplate(template, workload, settingsOfMesh(mesh), options);
  const at = [...kind.path, ''].join('.');
  const issues = result.issues.map((issue) => ({
    ...issue,
    object: refOf(object),
    ...(issue.at === undefined ? {} : { at: `${at}${issue.at}` }),
  }));
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
  const at = [...kind.path, ''].join('.');
  const spec = objectAt(template, ['spec']);
  const found = modeIssues({
    mesh,
    ...(namespace === undefined ? {} : { namespace }),
    pod: {
      labels: textsAt(template, 'labels'),
      annotations: textsAt(template, 'annotations'),
      ...(spec === undefined ? {} : { spec }),
    },
    object: refOf(object),
    ...(origin === undefined ? {} : { origin }),
  });
  if (found.length === 0) return [];
  // What is wrong with the namespace alone is said once, at the namespace.
  const alone = namespace === undefined ? [] : modeIssues({ mesh, namespace });
  return found
    .filter((issue) => !alone.some((other) => other.code === issue.code && other.message === issue.message))
    .map((issue) => (issue.at === undefined ? issue : { ...issue, at: `${at}${issue.at}` }));
}
