import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import type * as Constructs from '../../constructs';
import { compiled } from './compiled';

const { Canary, CircuitBreaker, Mesh, MeshApp, MeshChart, MeshService } = compiled<typeof Constructs>('constructs');

/** One measured run: which App, how many objects in how many charts. */
export interface SynthRun {
  readonly app: 'cdk8s' | 'mesh' | 'mesh-checked';
  /** Plain ApiObjects, or what MeshService, Canary and CircuitBreaker make. */
  readonly of: 'objects' | 'services';
  /** How many objects; services come to within a chart's worth of it. */
  readonly objects: number;
  readonly charts: number;
}

/** What one run took. */
export interface SynthTime {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/** Five objects and an account for each service: two Deployments, a Service, a VirtualService and a DestinationRule. */
const OBJECTS_OF_SERVICE = 6;

/** Services with two versions, a canary between them and a circuit breaker: what a program of constructs is made of. */
function fillWithServices(app: App, { objects, charts }: SynthRun): void {
  const mesh = Mesh.existing();
  for (let c = 0; c < charts; c++) {
    const chart = new MeshChart(app, `ns-${c}`, { mesh });
    for (let i = 0; i < Math.ceil(objects / charts / OBJECTS_OF_SERVICE); i++) {
      const image = 'registry.example.com/app:1.0.0';
      const service = new MeshService(chart, `svc-${i}`, { port: 9080, versions: { v1: { image }, v2: { image } } });
      new Canary(chart, `canary-${i}`, { service, stable: 'v1', candidate: 'v2', percent: 10 });
      new CircuitBreaker(chart, `breaker-${i}`, {
        service,
        connections: { max: 100, pending: 10 },
        ejection: { consecutive5xx: 5, baseTime: '30s' },
      });
    }
  }
}

/** A quarter each of VirtualServices, DestinationRules, Services and Deployments, as plain ApiObjects: the same for all. */
function fillWithObjects(app: App, { objects, charts }: SynthRun): void {
  const each = objects / charts;
  for (let c = 0; c < charts; c++) {
    const chart = new Chart(app, `chart-${c}`, { namespace: `ns-${c}` });
    for (let i = 0; i < each; i++) {
      const name = `svc-${Math.floor(i / 4)}`;
      const host = `${name}.ns-${c}.svc.cluster.local`;
      const metadata = { name, labels: { app: name, team: `team-${i % 7}` } };
      switch (i % 4) {
        case 2:
          new ApiObject(chart, `vs-${i}`, {
            apiVersion: 'networking.istio.io/v1',
            kind: 'VirtualService',
            metadata,
            spec: {
              hosts: [host],
              http: [
                {
                  match: [{ headers: { 'end-user': { exact: 'jason' } }, uri: { prefix: '/api' } }],
                  route: [{ destination: { host, subset: 'v2', port: { number: 9080 } } }],
                  timeout: '3s',
                },
                {
                  route: [
                    { destination: { host, subset: 'v1', port: { number: 9080 } }, weight: 90 },
                    { destination: { host, subset: 'v2', port: { number: 9080 } }, weight: 10 },
                  ],
                  retries: { attempts: 3, perTryTimeout: '2s', retryOn: '5xx,reset' },
                },
              ],
            },
          });
          break;
        case 1:
          new ApiObject(chart, `dr-${i}`, {
            apiVersion: 'networking.istio.io/v1',
            kind: 'DestinationRule',
            metadata,
            spec: {
              host,
              trafficPolicy: {
                connectionPool: { tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 10 } },
                outlierDetection: { consecutive5xxErrors: 5, baseEjectionTime: '30s', maxEjectionPercent: 50 },
              },
              subsets: ['v1', 'v2'].map((version) => ({ name: version, labels: { version } })),
            },
          });
          break;
        case 0:
          new ApiObject(chart, `service-${i}`, {
            apiVersion: 'v1',
            kind: 'Service',
            metadata,
            spec: {
              selector: { app: name },
              ports: [{ name: 'http', port: 9080, targetPort: 9080, appProtocol: 'http' }],
            },
          });
          break;
        default:
          new ApiObject(chart, `deployment-${i}`, {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata,
            spec: {
              replicas: 2,
              selector: { matchLabels: { app: name, version: 'v1' } },
              template: {
                metadata: { labels: { app: name, version: 'v1' } },
                spec: {
                  serviceAccountName: name,
                  containers: [
                    {
                      name,
                      image: `registry.example.com/${name}:1.0.0`,
                      ports: [{ name: 'http', containerPort: 9080 }],
                      env: [{ name: 'LOG_LEVEL', value: 'info' }],
                      resources: { requests: { cpu: '100m', memory: '128Mi' } },
                    },
                  ],
                },
              },
            },
          });
      }
    }
  }
}

/** A folder in memory where there is one: what a disk takes for a thousand files is the same for both, and hides the rest. */
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Builds and synthesizes once, into a folder that goes afterwards. Both write one file per chart. */
export function measure(run: SynthRun): SynthTime {
  const outdir = mkdtempSync(join(base, 'synth-bench-'));
  try {
    const app =
      run.app === 'cdk8s'
        ? new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_CHART })
        : new MeshApp({ outdir, layout: 'charts', checks: run.app === 'mesh-checked' });
    if (run.of === 'objects') fillWithObjects(app, run);
    else fillWithServices(app, run);
    const start = performance.now();
    app.synth();
    return {
      milliseconds: performance.now() - start,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

if (require.main === module) {
  process.stdout.write(`${JSON.stringify(measure(JSON.parse(process.argv[2] ?? '') as SynthRun))}\n`);
}
