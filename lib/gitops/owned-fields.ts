import { runtimeFieldsOf } from '../install';
import { groupOf, type KubeObject, type Manifest } from '../manifest';

/** A field that something in the cluster writes; Git and the cluster differ there for good, and rightly. */
export interface OwnedField {
  /** Who writes it, for people. */
  readonly owner: string;
  readonly group: string;
  readonly kind: string;
  /** @default - every object of the kind */
  readonly name?: string;
  readonly namespace?: string;
  /** Path of the field; `*` stands for every item of a list. */
  readonly path: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const texts = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : []);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** The objects that a controller takes over because `object` tells it to. */
function takenOver(object: KubeObject): OwnedField[] {
  const { namespace } = object.metadata;
  const spec = fields(object.spec);
  const inNamespace = namespace === undefined ? {} : { namespace };
  const replicas = (target: unknown, owner: string): OwnedField[] => {
    const { apiVersion, kind, name } = fields(target);
    return texts(name).flatMap((targetName) =>
      texts(kind).map((targetKind) => ({
        owner,
        group: groupOf(texts(apiVersion)[0] ?? ''),
        kind: targetKind,
        name: targetName,
        ...inNamespace,
        path: ['spec', 'replicas'],
      })),
    );
  };
  const istio = (owner: string, kind: string, name: string, path: readonly string[]): OwnedField => {
    const [short = name, other] = name.split('.');
    const home = other === undefined ? inNamespace : { namespace: other };
    return { owner, group: 'networking.istio.io', kind, name: short, ...home, path };
  };
  switch (`${groupOf(object.apiVersion)}/${object.kind}`) {
    case 'autoscaling/HorizontalPodAutoscaler':
      return replicas(spec.scaleTargetRef, 'HorizontalPodAutoscaler');
    case 'keda.sh/ScaledObject':
      return replicas({ apiVersion: 'apps/v1', kind: 'Deployment', ...fields(spec.scaleTargetRef) }, 'KEDA');
    case 'flagger.app/Canary': {
      const owned = replicas(spec.targetRef, 'Flagger');
      const service = texts(fields(spec.service).name)[0] ?? texts(fields(spec.targetRef).name)[0];
      if (service === undefined) return owned;
      return [
        ...owned,
        istio('Flagger', 'VirtualService', service, ['spec', 'http']),
        istio('Flagger', 'DestinationRule', service, ['spec', 'subsets']),
      ];
    }
    case 'argoproj.io/Rollout': {
      const strategy = fields(spec.strategy);
      const canary = fields(strategy.canary);
      const mesh = fields(fields(canary.trafficRouting).istio);
      const virtualServices = [mesh.virtualService, ...list(mesh.virtualServices)].flatMap((entry) =>
        texts(fields(entry).name),
      );
      const rules = texts(fields(mesh.destinationRule).name);
      const blueGreen = fields(strategy.blueGreen);
      const workload = fields(spec.workloadRef);
      // With "never", the default, the Deployment keeps its replicas.
      const isScaledDown = ['onsuccess', 'progressively'].includes(String(workload.scaleDown));
      const services = [canary.stableService, canary.canaryService, blueGreen.activeService, blueGreen.previewService];
      return [
        ...(isScaledDown ? replicas(workload, 'Argo Rollouts') : []),
        ...virtualServices.map((name) =>
          istio('Argo Rollouts', 'VirtualService', name, ['spec', 'http', '*', 'route', '*', 'weight']),
        ),
        ...rules.map((name) => istio('Argo Rollouts', 'DestinationRule', name, ['spec', 'subsets', '*', 'labels'])),
        ...services.flatMap(texts).map((name) => ({
          owner: 'Argo Rollouts',
          group: '',
          kind: 'Service',
          name,
          ...inNamespace,
          path: ['spec', 'selector', 'rollouts-pod-template-hash'],
        })),
      ];
    }
    default:
      return [];
  }
}

function isOf(field: OwnedField, object: KubeObject): boolean {
  return (
    field.group === groupOf(object.apiVersion) &&
    field.kind === object.kind &&
    (field.name === undefined || field.name === object.metadata.name) &&
    (field.namespace === undefined || field.namespace === object.metadata.namespace)
  );
}

/**
 * The fields of these objects that others own once they are in a cluster: istiod (certificates and failure policies of
 * its webhooks), autoscalers (replicas) and rollout controllers (weights, subsets). A GitOps tool that does not know
 * them fights over them for ever.
 */
export function ownedFields(manifests: readonly Manifest[]): OwnedField[] {
  const objects = manifests.map((manifest) => manifest.object);
  const fromIstiod = objects.flatMap((object) =>
    runtimeFieldsOf(object)
      .filter((field) => field.owner === 'istiod')
      .flatMap(({ apiGroup, kind, pointers }) =>
        pointers.map((pointer) => ({
          owner: 'istiod',
          group: apiGroup,
          kind,
          name: object.metadata.name,
          path: pointer.slice(1).split('/'),
        })),
      ),
  );
  const taken = objects.flatMap(takenOver).filter((field) => objects.some((object) => isOf(field, object)));
  const key = (field: OwnedField): string =>
    [field.group, field.kind, field.namespace, field.name, ...field.path].join('\u0000');
  const unique = new Map([...fromIstiod, ...taken].map((field) => [key(field), field]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, field]) => field);
}

/** The owned fields of one object. */
export function ownedFieldsOf(owned: readonly OwnedField[], object: KubeObject): OwnedField[] {
  return owned.filter((field) => isOf(field, object));
}
