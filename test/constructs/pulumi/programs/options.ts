import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { fromProgram, liveId, MeshStack } from '../../../../constructs/pulumi';

class KubernetesProvider extends pulumi.ProviderResource {
  constructor(name: string) {
    super('kubernetes', name, { kubeconfig: 'x' });
  }
}

const skipAwait = new pulumi.Config().getBoolean('skipAwait') ?? false;
const provider = new KubernetesProvider('cluster');

const stack = new MeshStack(
  'edge',
  (chart, _late, app) => {
    const object = (id: string, apiVersion: string, kind: string, rest: object): ApiObject =>
      new ApiObject(chart, id, {
        apiVersion,
        kind,
        metadata: { name: id, ...(rest as { metadata?: object }).metadata },
        ...withoutMetadata(rest),
      });
    object('istio-validator-istio-system', 'admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
      metadata: { labels: { 'istio.io/rev': 'default' } },
      webhooks: [{ name: 'rev.validation.istio.io', failurePolicy: 'Ignore' }],
    });
    object('istiod-default-validator', 'admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
      metadata: { labels: { 'istio.io/rev': 'default' } },
      webhooks: [{ name: 'rev.validation.istio.io' }],
    });
    for (const id of ['shop', 'cart', 'mine']) {
      object(id, 'networking.istio.io/v1', 'VirtualService', {
        spec: { hosts: [`${id}.example.com`], http: [{ route: [{ destination: { host: `${id}.example.com` } }] }] },
      });
    }
    object('shop-canary', 'flagger.app/v1beta1', 'Canary', {
      spec: { targetRef: { kind: 'Deployment', name: 'shop' } },
    });
    object('cart-rollout', 'argoproj.io/v1alpha1', 'Rollout', {
      spec: { strategy: { canary: { trafficRouting: { istio: { virtualService: { name: 'cart' } } } } } },
    });
    const deployment = new kplus.Deployment(chart, 'workload', {
      metadata: { name: 'shop' },
      replicas: 3,
      containers: [{ image: 'shop:1', portNumber: 8080 }],
    });
    object('scaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }, maxReplicas: 5 },
    });
    const conf = object('conf', 'v1', 'ConfigMap', { data: {} });
    conf.addDependency(deployment);
    object('crd', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: {} });
    new ApiObject(new Chart(app, 'more', { namespace: 'more' }), 'list', {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'one', namespace: 'more' },
          spec: { ports: [{ port: 80 }] },
        },
        { apiVersion: 'v1', kind: 'ConfigMapList', items: [{ metadata: { name: 'two', namespace: 'more' } }] },
      ],
    });
  },
  {
    provider,
    protect: true,
    app: { knownHosts: ['shop.example.com', 'cart.example.com', 'mine.example.com'] },
    skipAwait,
    objects: ({ kind, metadata, ...object }) => {
      const ref = { kind, metadata, ...object };
      if (kind === 'VirtualService' && metadata.name === 'mine')
        return { aliases: [fromProgram('old-mine')], import: liveId(ref) };
      if (kind === 'VirtualService' && metadata.name === 'cart') return { ignoreChanges: [] };
      return undefined;
    },
  },
);

function withoutMetadata(rest: object): object {
  const { metadata: _metadata, ...others } = rest as { metadata?: object };
  return others;
}

export const urn = stack.urn;
