import { Mesh, MeshChart, MeshService, type MeshApp } from 'istio-constructs';
import type { Stack } from './stack';
import { synthesizeAll } from './synth';

/**
 * An upgrade on the way: two control planes, and a tag for each group of namespaces. Namespaces name their tag, never a
 * revision, so each step is one line here:
 *
 * 1. `canary` comes beside `stable`; only the namespace `try-out` follows its tag, and its pods are started again.
 * 2. The tag `prod` moves from `stable` to `canary`; the workloads of `shop` are started again when it suits them.
 * 3. `stable` is removed, which is refused as long as a namespace follows it.
 */
export const canaryUpgrade: Stack = {
  name: 'canary-upgrade',
  about: 'An upgrade on the way: two control planes, and namespaces that follow tags.',
  build: (app) => {
    const stable = new Mesh(app, 'stable', {
      tag: '1.29.6',
      revision: '1-29-6',
      tags: ['prod'],
      // An upgrade starts with the CRDs of the newer version: they are in the cluster.
      crds: false,
    });
    const canary = new Mesh(app, 'canary', {
      profile: 'minimal',
      revision: '1-30-3',
      tags: ['canary'],
      beside: stable,
    });
    shop(app, 'shop', stable, 'prod');
    shop(app, 'try-out', canary, 'canary');
  },
};

function shop(app: MeshApp, name: string, mesh: Mesh, revisionTag: string): void {
  const chart = new MeshChart(app, name, { mesh, revisionTag });
  new MeshService(chart, 'web', {
    port: 80,
    targetPort: 8080,
    versions: { v1: { image: 'docker.io/istio/examples-helloworld-v1:1.0' } },
  });
}

if (require.main === module) synthesizeAll([canaryUpgrade]);
