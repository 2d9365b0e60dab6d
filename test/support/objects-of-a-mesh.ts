import { manifestOf, type KubeObject, type Manifest } from '../../lib/manifest';

type Extra = Readonly<Record<string, unknown>>;

export function object(apiVersion: string, kind: string, at: string, extra: Extra = {}): KubeObject {
  const [namespace, name] = at.includes('/') ? at.split('/') : [undefined, at];
  return { apiVersion, kind, metadata: { name: name!, ...(namespace === undefined ? {} : { namespace }) }, ...extra };
}

export function deployment(at: string, replicas: number, image: string): KubeObject {
  const labels = { app: at.split('/')[1]! };
  const containers = [
    { name: 'proxyless', image: 'docker.io/example/side:1' },
    { name: 'main', image, args: ['--x=on', '1:30'], ports: [{ containerPort: 9080, name: 'http' }] },
  ];
  return object('apps/v1', 'Deployment', at, {
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  });
}

/** Objects of every phase, with what makes trouble for file names, YAML and controllers. */
export function aMesh(
  options: { weight?: number; replicas?: number; image?: string; debug?: boolean } = {},
): Manifest[] {
  const { weight = 10, replicas = 2, image = 'docker.io/example/reviews:1', debug = true } = options;
  const route = (percent: number, subset: string): Extra => ({
    destination: { host: 'reviews.shop.svc.cluster.local', subset, port: { number: 9080 } },
    weight: percent,
  });
  const objects: [KubeObject, string][] = [
    [object('v1', 'Namespace', 'shop', { spec: {} }), 'shop/namespace'],
    [
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'gateways.networking.istio.io', {
        spec: {
          group: 'networking.istio.io',
          scope: 'Namespaced',
          names: { plural: 'gateways', singular: 'gateway', kind: 'Gateway', listKind: 'GatewayList' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
        },
      }),
      'mesh/crds',
    ],
    [object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:Istio:reader', { rules: [] }), 'mesh/istiod'],
    [object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:istio:reader', { rules: [] }), 'mesh/istiod'],
    [
      object('v1', 'ConfigMap', 'istio-system/istio', {
        data: { mesh: 'a: 1\nb: |\n  x\n\n', empty: '', on: 'yes', 'windows.txt': 'a\r\nb\r\n', '1': '010' },
      }),
      'mesh/istiod',
    ],
    [deployment('istio-system/istiod', 1, 'docker.io/istio/pilot:1.30.3'), 'mesh/istiod'],
    [
      object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'istio-validator-istio-system', {
        webhooks: [
          {
            name: 'rev.validation.istio.io',
            failurePolicy: 'Ignore',
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
            clientConfig: { service: { name: 'istiod', namespace: 'istio-system', path: '/validate' } },
          },
        ],
      }),
      'mesh/istiod',
    ],
    [
      object('networking.istio.io/v1', 'Gateway', 'shop/edge', { spec: { selector: { istio: 'edge' } } }),
      'edge/gateway',
    ],
    [
      object('gateway.networking.k8s.io/v1', 'Gateway', 'shop/edge', {
        spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
      }),
      'edge/k8s-gateway',
    ],
    [deployment('shop/reviews-v1', replicas, image), 'shop/reviews/v1'],
    [
      object('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop/reviews-v1', {
        spec: { maxReplicas: 5, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'reviews-v1' } },
      }),
      'shop/reviews/hpa',
    ],
    [
      object('networking.istio.io/v1', 'VirtualService', 'shop/reviews', {
        spec: {
          hosts: ['reviews.shop.svc.cluster.local'],
          http: [{ timeout: '10s', route: [route(100 - weight, 'v1'), route(weight, 'v2')] }],
        },
      }),
      'shop/reviews/canary',
    ],
    [
      object('networking.istio.io/v1', 'DestinationRule', 'shop/reviews', {
        spec: { host: 'reviews.shop.svc.cluster.local', subsets: [{ name: 'v1', labels: { version: 'v1' } }] },
      }),
      'shop/reviews/canary',
    ],
    [
      object('security.istio.io/v1', 'PeerAuthentication', 'shop/default', { spec: { mtls: { mode: 'STRICT' } } }),
      'shop/mtls',
    ],
    [object('security.istio.io/v1', 'PeerAuthentication', 'edge/default', { spec: { mtls: {} } }), 'edge/mtls'],
  ];
  if (debug) objects.push([deployment('shop/fortio', 1, 'docker.io/fortio/fortio:1'), 'shop/fortio']);
  return objects.map(([value, origin]) => manifestOf(value, origin));
}
