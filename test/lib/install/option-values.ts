import type { MeshOptions } from '../../../lib/install';

type OptionValues = { readonly [K in keyof MeshOptions]-?: readonly NonNullable<MeshOptions[K]>[] };

const requests = { cpu: '250m', memory: '64Mi' };
const tolerations = [{ key: 'edge', operator: 'Exists' }];

/** Values of every option of an install: the compiler sees to it that none is left out. */
export const OPTION_VALUES: OptionValues = {
  profile: [
    'default',
    'demo',
    'minimal',
    'ambient',
    'empty',
    'preview',
    'remote',
    'openshift',
    'openshift-ambient',
    'stable',
  ],
  hub: ['registry.example.com/istio'],
  tag: ['1.30.3-distroless', '1.29.6'],
  variant: ['distroless', 'debug'],
  imagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
  imagePullSecrets: [['pull-a', 'pull-b']],
  namespace: ['mesh-system'],
  revision: ['default', '1-30'],
  tags: [['prod'], ['prod', 'canary']],
  defaultRevision: [true, false],
  platform: ['gke', 'openshift', 'k3d', 'k3s', 'microk8s', 'minikube'],
  compatibilityVersion: ['1.25', '1.26', '1.27', '1.28', '1.29'],
  meshConfig: [
    { accessLogFile: '/dev/stdout', defaultConfig: { concurrency: 2 } },
    { rootNamespace: 'mesh-root', trustDomain: 'example.org', outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
  ],
  pilot: [
    { replicas: 3, env: { PILOT_ENABLE_STATUS: 'true' } },
    {
      autoscaling: { min: 2, max: 6, targetCpu: 70 },
      resources: { requests, limits: { cpu: '1' } },
      extraArgs: ['--log_as_json'],
      traceSampling: 100,
      affinity: { nodeAffinity: {} },
      tolerations,
      nodeSelector: { disk: 'ssd' },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
      podAnnotations: { team: 'mesh' },
      k8s: { priorityClassName: 'system-cluster-critical' },
    },
  ],
  proxy: [
    { logLevel: 'debug', componentLogLevel: 'rbac:debug', holdApplicationUntilProxyStarts: true, privileged: true },
    {
      resources: { requests, limits: { cpu: null, memory: '1Gi' } },
      capture: {
        includeIPRanges: ['10.0.0.0/8'],
        excludeIPRanges: ['10.1.0.0/16'],
        includeInboundPorts: [80, 8080],
        excludeInboundPorts: [22],
        includeOutboundPorts: [443],
        excludeOutboundPorts: [3306, 5432],
      },
      lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
      readiness: { failureThreshold: 5, initialDelaySeconds: 2, periodSeconds: 10 },
      startup: { enabled: true, failureThreshold: 100 },
    },
  ],
  clusterDomain: ['cluster.example'],
  priorityClassName: ['system-cluster-critical'],
  multiCluster: [
    { meshId: 'mesh-1', clusterName: 'cluster-1', network: 'network-1' },
    {
      networks: {
        'network-2': { endpoints: [{ fromRegistry: 'cluster-2' }], gateways: [{ address: '192.0.2.1', port: 15443 }] },
      },
    },
  ],
  cni: [
    true,
    false,
    {
      namespace: 'kube-system',
      chained: false,
      binDir: '/opt/bin',
      confDir: '/etc/conf',
      excludeNamespaces: ['ci'],
      resources: { requests },
    },
  ],
  ztunnel: [true, false, { namespace: 'kube-system', resources: { requests }, logLevel: 'debug', env: { A: 'b' } }],
  ingress: [
    true,
    false,
    { replicas: 2, type: 'NodePort', externalTrafficPolicy: 'Local', resources: { requests } },
    [{ name: 'one' }, { name: 'two', namespace: 'edge', injectionTemplate: 'gateway', labels: { istio: 'two' } }],
  ],
  egress: [true, false, { autoscaling: { min: 1, max: 2, targetCpu: 60 }, tolerations }],
  webhook: [
    { namespacesByDefault: true, rewriteProbes: false, reinvocation: 'IfNeeded', validationFailurePolicy: 'Fail' },
    {
      neverInject: [{ matchLabels: { job: 'yes' } }],
      alwaysInject: [{ matchExpressions: [{ key: 'mesh', operator: 'Exists' }] }],
      validationCaBundle: 'Y2E=',
      templates: { own: 'spec: {}' },
      defaultTemplates: ['sidecar', 'own'],
      injectedAnnotations: { injected: 'yes' },
    },
  ],
  crds: [true, false],
  networkPolicies: [true, false],
  components: [{ pilot: { k8s: { podAnnotations: { a: 'b' } } } }, { base: { enabled: false } }],
  values: [{ global: { logAsJson: true } }, { pilot: { memory: {}, seccompProfile: { type: 'RuntimeDefault' } } }],
};

/** One option and a value of it. */
type Choice = readonly [option: string, value: unknown];

/** Options in which no two values of the same option meet, such that every pair of values is in one of them. */
export function pairwise(): MeshOptions[] {
  const choices = Object.entries(OPTION_VALUES).map(([option, values]): Choice[] =>
    values.map((value) => [option, value]),
  );
  const open = new Map<string, readonly [Choice, Choice]>();
  const keyOf = (a: readonly [number, number], b: readonly [number, number]): string => `${a.join('.')} ${b.join('.')}`;
  choices.forEach((ones, i) => {
    choices.slice(i + 1).forEach((others, offset) => {
      ones.forEach((one, a) => {
        others.forEach((other, b) => open.set(keyOf([i, a], [i + 1 + offset, b]), [one, other]));
      });
    });
  });
  const rows: MeshOptions[] = [];
  while (open.size > 0) {
    const row: (number | undefined)[] = choices.map(() => undefined);
    const [first] = open.keys();
    for (const place of first!.split(' ')) {
      const [option, value] = place.split('.').map(Number);
      row[option!] = value;
    }
    const gain = (option: number, value: number): number =>
      row.filter((chosen, other) => {
        if (chosen === undefined || other === option) return false;
        return open.has(
          other < option ? keyOf([other, chosen], [option, value]) : keyOf([option, value], [other, chosen]),
        );
      }).length;
    choices.forEach((values, option) => {
      if (row[option] !== undefined) return;
      const gains = values.map((_choice, value) => gain(option, value));
      row[option] = gains.indexOf(Math.max(...gains));
    });
    row.forEach((a, i) => {
      row.slice(i + 1).forEach((b, offset) => open.delete(keyOf([i, a!], [i + 1 + offset, b!])));
    });
    rows.push(Object.fromEntries(row.map((value, option) => choices[option]![value!]!)));
  }
  return rows;
}
