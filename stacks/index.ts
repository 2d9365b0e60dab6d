import { MeshChart, type MeshApp } from 'istio-constructs';
import { Bookinfo, BOOKINFO_SCENARIOS } from 'istio-constructs/bookinfo';
import { SockShop, SOCKSHOP_SCENARIOS } from 'istio-constructs/sockshop';
import { canaryUpgrade } from './canary-upgrade';
import { mesh } from './mesh';
import { demoMesh } from './demo-mesh';
import { scenarioStack, type Stack } from './stack';

/** A namespace whose workloads are emitted with their sidecars, native ones. */
function injected(app: MeshApp, namespace: string): MeshChart {
  return new MeshChart(app, namespace, { mesh: demoMesh, injection: 'synth', kubernetesVersion: '1.34' });
}

/** Everything this project synthesizes: `npm run synth`, the snapshots and the cluster tests go over it. */
export const STACKS: readonly Stack[] = [
  mesh,
  canaryUpgrade,
  {
    name: 'bookinfo',
    about: 'Bookinfo as it is, every version answering.',
    build: (app) => new Bookinfo(new MeshChart(app, 'bookinfo', { mesh: demoMesh }), 'bookinfo'),
  },
  {
    name: 'bookinfo-injected',
    base: 'bookinfo',
    about: 'Bookinfo with the sidecars in it, for a cluster whose webhooks are off limits.',
    build: (app) => new Bookinfo(injected(app, 'bookinfo'), 'bookinfo'),
  },
  ...BOOKINFO_SCENARIOS.map((scenario) => scenarioStack('bookinfo', 'bookinfo', scenario)),
  {
    name: 'sockshop',
    about: 'Sock Shop as it is.',
    build: (app) => new SockShop(new MeshChart(app, 'sock-shop', { mesh: demoMesh }), 'sock-shop'),
  },
  {
    name: 'sockshop-all-options',
    base: 'sockshop',
    about: 'Sock Shop with autoscaling, network policies, tracing, and references to Secrets.',
    build: (app) =>
      new SockShop(new MeshChart(app, 'sock-shop', { mesh: demoMesh }), 'sock-shop', {
        registry: 'registry.example.com',
        hosts: ['socks.example.com'],
        declineOver: 1000,
        zipkinHost: 'zipkin.istio-system.svc.cluster.local',
        amd64Only: false,
        autoscaling: true,
        networkPolicies: true,
        catalogueDbSecretName: 'catalogue-db',
        rabbitmqExporterImage: 'registry.example.com/kbudde/rabbitmq-exporter:1.0.0',
      }),
  },
  {
    name: 'sockshop-injected',
    base: 'sockshop',
    about: 'Sock Shop with the sidecars in it, for a cluster whose webhooks are off limits.',
    build: (app) => new SockShop(injected(app, 'sock-shop'), 'sock-shop'),
  },
  ...SOCKSHOP_SCENARIOS.map((scenario) => scenarioStack('sockshop', 'sock-shop', scenario)),
];

export type { Stack };
