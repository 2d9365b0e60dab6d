import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IssueError, MeshApp, MeshChart, MeshService, type Issue } from '../../constructs';
import { validate, type DestinationRuleSpec, type VirtualServiceSpec } from '../../lib/api';
import type { KubeObject } from '../../lib/manifest';
import { testMesh } from './mesh';

export { errorsOf } from './errors-of';

/** A mesh that somebody else runs. */
export const mesh = testMesh({ extensionProviders: [] });

/** Two services in a namespace, and the app around them. */
export function shop() {
  const app = new MeshApp({ outdir: mkdtempSync(join(tmpdir(), 'shop-')) });
  const chart = new MeshChart(app, 'shop', { mesh });
  const image = 'example.com/app:1';
  const reviews = new MeshService(chart, 'reviews', {
    port: 9080,
    versions: { v1: { image }, v2: { image, replicas: 2 } },
  });
  const ratings = new MeshService(chart, 'ratings', { port: 9080, versions: { v1: { image }, v2: { image } } });
  const db = new MeshService(chart, 'db', {
    ports: [
      { port: 3306, protocol: 'tcp', name: 'tcp-mysql' },
      { port: 3307, protocol: 'tls', name: 'tls-mysql' },
    ],
    versions: { v1: { image }, v2: { image } },
  });
  return { app, chart, reviews, ratings, db };
}

/** What an app makes, every object of it held against Istio's API. */
export class Made {
  readonly objects: readonly KubeObject[];
  readonly issues: readonly Issue[];

  constructor(app: MeshApp) {
    const { manifests, issues } = app.check();
    this.objects = manifests.map(({ object }) => object);
    this.issues = issues;
    const refused = this.objects.flatMap((object) => validate(object)).filter(({ severity }) => severity === 'error');
    if (refused.length > 0) throw new IssueError(refused);
  }

  /** The specification of the one object of a kind with this name. */
  spec<Spec = Record<string, unknown>>(kind: string, name: string): Spec {
    const found = this.objects.filter((object) => object.kind === kind && object.metadata.name === name);
    if (found.length !== 1) {
      const there = this.objects.filter((object) => object.kind === kind).map((object) => object.metadata.name);
      throw new Error(`${found.length} objects ${kind} ${name}; there are ${there.join(', ')}`);
    }
    return (found[0] as unknown as { spec: Spec }).spec;
  }

  virtualService(name: string): VirtualServiceSpec {
    return this.spec<VirtualServiceSpec>('VirtualService', name);
  }

  destinationRule(name: string): DestinationRuleSpec {
    return this.spec<DestinationRuleSpec>('DestinationRule', name);
  }

  names(kind: string): string[] {
    return this.objects.filter((object) => object.kind === kind).map((object) => object.metadata.name);
  }
}
