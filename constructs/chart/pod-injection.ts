import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  checkSidecarOptions,
  type InjectionMode,
  mustInject,
  objectAt,
  podLabels,
  sidecarAnnotations,
  type SidecarOptions,
  withObjectAt,
  workloadKind,
} from '../../lib/injection';
import type { JsonObject } from '../../lib/json';
import type { MeshRef } from '../../lib/install';
import type { Issue } from '../../lib/findings';
import type { KubeObject } from '../../lib/manifest';
import { addCheck, postRender } from '../tree';
import { MeshChart } from './mesh-chart';
import { proxyConfigsAround } from './proxy-configs';

/** Properties of a {@link PodInjection}. */
export interface PodInjectionProps {
  /** The workload: a cdk8s-plus Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod, or any ApiObject with a pod. */
  readonly workload: Construct;
  /**
   * The mesh.
   *
   * @default - that of the MeshChart around
   */
  readonly mesh?: MeshRef;
  /**
   * How the pods join the mesh.
   *
   * @default - as their namespace says
   */
  readonly mode?: InjectionMode;
  /**
   * How the namespace of the pods joins the mesh; what it says need not be said again.
   *
   * @default - what the MeshChart around says
   */
  readonly namespaceMode?: InjectionMode;
  /**
   * How the sidecar differs from the mesh's defaults; becomes annotations of the pod.
   *
   * @default - in nothing
   */
  readonly sidecar?: SidecarOptions;
  /**
   * A revision tag to go through.
   *
   * @default - the revision of the mesh
   */
  readonly revisionTag?: string;
  /**
   * Name of the waypoint of an ambient workload; `'none'` for none although the namespace has one.
   *
   * @default - the namespace's
   */
  readonly waypoint?: string;
  /**
   * Version of the cluster's nodes, for mode `synth`: from 1.33 the proxy is a native sidecar.
   *
   * @default - that of the MeshChart around, else the classic form, which runs everywhere
   */
  readonly kubernetesVersion?: string;
}

type Texts = Readonly<Record<string, string>>;

function withTexts(template: JsonObject, name: 'labels' | 'annotations', added: Texts): JsonObject {
  if (Object.keys(added).length === 0) return template;
  const before = objectAt(template, ['metadata', name]) ?? {};
  return withObjectAt(template, ['metadata', name], { ...before, ...added });
}

/**
 * How the pods of one workload join the mesh, where that differs from their namespace, and how their sidecars differ from
 * the mesh's defaults. It sets labels and annotations of the pod template; in mode `synth` it replaces the template by
 * the pod after injection.
 *
 * Constructs without a pod are an error of the synth, as are options whose values Istio would refuse.
 *
 * @example
 * new PodInjection(shop, 'cache-injection', { workload: cache, mode: 'none' });
 */
export class PodInjection extends Construct {
  constructor(scope: Construct, id: string, props: PodInjectionProps) {
    super(scope, id);
    const chart = this.node.scopes.reverse().find((each) => MeshChart.isMeshChart(each));
    const mesh = props.mesh ?? MeshChart.meshOf(this);
    const { workload, sidecar = {} } = props;
    const namespaceMode = props.namespaceMode ?? chart?.injection;
    const mode = props.mode ?? namespaceMode;
    const kubernetesVersion = props.kubernetesVersion ?? chart?.kubernetesVersion;

    addCheck(this, () => [...this.missing(workload, mesh), ...checkSidecarOptions(sidecar)]);
    if (mesh === undefined || mode === undefined) return;

    const options = {
      ...(props.revisionTag === undefined ? {} : { via: props.revisionTag }),
      ...(props.waypoint === undefined ? {} : { waypoint: props.waypoint }),
    };
    const labels = podLabels(mesh.settings, mode, namespaceMode, options);
    const annotations = sidecarAnnotations(sidecar);
    postRender(workload, (given) => {
      const object = given as JsonObject;
      const kind = workloadKind(object);
      const template = kind === undefined ? undefined : objectAt(object, kind.path);
      if (kind === undefined || template === undefined) return given;
      let result = withObjectAt(object, kind.path, withTexts(template, 'annotations', annotations));
      // A chart that injects does so afterwards, to the workload as it is then.
      if (mode === 'synth' && namespaceMode !== 'synth') {
        const proxyConfigs = proxyConfigsAround(this);
        const given = kubernetesVersion === undefined ? { proxyConfigs } : { proxyConfigs, kubernetesVersion };
        result = mustInject(result as unknown as KubeObject, mesh.settings, given) as unknown as JsonObject;
      }
      return withObjectAt(result, kind.path, withTexts(objectAt(result, kind.path) ?? {}, 'labels', labels));
    });
  }

  private missing(workload: Construct, mesh: MeshRef | undefined): Issue[] {
    const object = ApiObject.of(workload);
    const kind = workloadKind({ apiVersion: object.apiVersion, kind: object.kind });
    const issue = (code: string, message: string, fix: string): Issue => ({ code, severity: 'error', message, fix });
    return [
      ...(kind === undefined
        ? [
            issue(
              'not-a-workload',
              `${object.kind} "${object.name}" runs no pods, so it cannot be injected.`,
              'Give a Deployment, StatefulSet, DaemonSet, Job, CronJob, ReplicaSet, Pod or Rollout.',
            ),
          ]
        : []),
      ...(mesh === undefined
        ? [
            issue(
              'no-mesh',
              'It is not said which mesh the pods are to join.',
              'Put it into a MeshChart, or give it the mesh.',
            ),
          ]
        : []),
    ];
  }
}
