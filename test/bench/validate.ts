import type * as Api from '../../lib/api';
import type { KubeObject } from '../../lib/manifest';
import { compiled } from './compiled';

const OBJECTS = 10_000;

/** Objects of everyday use: a third each of routes, connection settings and policies. */
function typicalObjects(): KubeObject[] {
  return Array.from({ length: OBJECTS }, (_, i): KubeObject => {
    const name = `service-${i}`;
    const host = `${name}.shop.svc.cluster.local`;
    const metadata = { name, namespace: 'shop', labels: { app: name, 'app.kubernetes.io/part-of': 'shop' } };
    const port = { number: 9080 };
    switch (i % 3) {
      case 0:
        return {
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata,
          spec: {
            hosts: [host],
            http: [
              {
                match: [{ headers: { 'end-user': { exact: 'jason' } } }, { uri: { prefix: '/api' } }],
                route: [{ destination: { host, subset: 'v2', port } }],
                timeout: '5s',
              },
              {
                route: [
                  { destination: { host, subset: 'v1', port }, weight: 90 },
                  { destination: { host, subset: 'v2', port }, weight: 10 },
                ],
                retries: { attempts: 3, perTryTimeout: '2s', retryOn: 'gateway-error,connect-failure' },
              },
            ],
          },
        };
      case 1:
        return {
          apiVersion: 'networking.istio.io/v1',
          kind: 'DestinationRule',
          metadata,
          spec: {
            host,
            trafficPolicy: {
              connectionPool: { tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 10 } },
              outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s' },
              tls: { mode: 'ISTIO_MUTUAL' },
            },
            subsets: [
              { name: 'v1', labels: { version: 'v1' } },
              { name: 'v2', labels: { version: 'v2' } },
            ],
          },
        };
      default:
        return {
          apiVersion: 'security.istio.io/v1',
          kind: 'AuthorizationPolicy',
          metadata,
          spec: {
            selector: { matchLabels: { app: name } },
            action: 'ALLOW',
            rules: [
              {
                from: [{ source: { principals: [`cluster.local/ns/shop/sa/client-${i}`] } }],
                to: [{ operation: { methods: ['GET', 'POST'], paths: ['/api/*'], ports: ['9080'] } }],
              },
            ],
          },
        };
    }
  });
}

/** Shortest of several runs in milliseconds, after warm-up. */
function fastest(run: () => void): number {
  let best = Infinity;
  for (let i = 0; i < 7; i++) {
    const start = process.hrtime.bigint();
    run();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  return best;
}

type Validator = (object: unknown) => boolean;

/**
 * The validators of `@kubernetes-models/istio`, or undefined where the module does not load. They look at schemas alone:
 * no unknown fields, no CEL, nothing of the webhook.
 */
async function otherValidators(): Promise<ReadonlyMap<string, Validator> | undefined> {
  try {
    const load = async (path: string, name: string): Promise<Validator> => {
      const module = (await import(`@kubernetes-models/istio/${path}`)) as Record<
        string,
        new (data: unknown) => { validate: () => void }
      >;
      const Model = module[name];
      if (Model === undefined) throw new Error(`no ${name}`);
      return (object) => {
        new Model(object).validate();
        return true;
      };
    };
    return new Map([
      ['VirtualService', await load('networking.istio.io/v1/VirtualService', 'VirtualService')],
      ['DestinationRule', await load('networking.istio.io/v1/DestinationRule', 'DestinationRule')],
      ['AuthorizationPolicy', await load('security.istio.io/v1/AuthorizationPolicy', 'AuthorizationPolicy')],
    ]);
  } catch {
    return undefined;
  }
}

/** Prints how long validation of typical objects takes, here and there. */
export async function benchValidate(): Promise<void> {
  const { validate } = compiled<typeof Api>('lib/api');
  const objects = typicalObjects();
  let issues = 0;
  const ours = fastest(() => {
    for (const object of objects) issues += validate(object).length;
  });
  process.stdout.write(`validate ${OBJECTS} objects (schema, CEL, webhook): ${ours.toFixed(0)} ms, ${issues} issues\n`);
  const others = await otherValidators();
  if (others === undefined) {
    process.stdout.write('skipped: @kubernetes-models/istio does not load here\n');
    return;
  }
  const theirs = fastest(() => {
    for (const object of objects) others.get(object.kind)?.(object);
  });
  process.stdout.write(
    `@kubernetes-models/istio on the same (schema alone): ${theirs.toFixed(0)} ms, ${(theirs / ours).toFixed(1)} times ours\n`,
  );
}

if (require.main === module) void benchValidate();
