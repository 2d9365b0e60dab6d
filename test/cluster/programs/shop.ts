import { Construct } from 'constructs';
import {
  BlueGreen,
  Canary,
  CircuitBreaker,
  FaultInjection,
  header,
  HeaderRoute,
  IngressGateway,
  LoadBalancing,
  MeshApp,
  MeshChart,
  MeshService,
  Retry,
  Timeout,
} from 'istio-constructs';
import type { MeshRef } from '../../../lib/install';
import { meshSettings } from '../../support/mesh';

/** What an operator changes in a shop from one day to the next. */
export interface ShopOptions {
  /** Share of the candidate. */
  readonly percent?: number;
  /** Pods of the candidate. */
  readonly replicas?: number;
  /** Name of the candidate version. */
  readonly candidate?: string;
  /** Puts the services deeper into the tree, as a refactoring does. */
  readonly isMoved?: boolean;
  /** Which colour is live. */
  readonly live?: 'blue' | 'green';
}

const mesh: MeshRef = { settings: meshSettings() };

/** Services with every traffic construct on them. */
export function shop(outdir: string, options: ShopOptions = {}): MeshApp {
  const { percent = 10, replicas = 2, candidate = 'v2', isMoved = false, live = 'blue' } = options;
  const app = new MeshApp({ outdir });
  const chart = new MeshChart(app, 'shop', { mesh });
  const home = isMoved ? new Construct(new Construct(chart, 'backend'), 'team') : chart;

  const reviews = new MeshService(home, 'reviews', {
    port: 9080,
    versions: { v1: { image: 'example/reviews:1' }, [candidate]: { image: 'example/reviews:2', replicas } },
  });
  new Canary(home, 'canary', { service: reviews, stable: 'v1', candidate, percent });
  new HeaderRoute(home, 'testers', { service: reviews, match: header('end-user').exact('jason'), to: candidate });
  new CircuitBreaker(home, 'breaker', {
    service: reviews,
    connections: { max: 2, pending: 1, requestsPerConnection: 1 },
    ejection: { consecutive5xx: 5, baseTime: '30s' },
  });

  const cart = new MeshService(home, 'cart', {
    ports: [
      { port: 80, targetPort: 8080 },
      { port: 9090, protocol: 'grpc' },
    ],
    versions: { blue: { image: 'example/cart:1' }, green: { image: 'example/cart:2' } },
  });
  new BlueGreen(home, 'colours', {
    service: cart,
    active: live,
    preview: { version: live === 'blue' ? 'green' : 'blue' },
  });
  new Retry(home, 'cart-retry', { service: cart, attempts: 3, on: ['5xx', 503], perTryTimeout: '2s' });
  new Timeout(home, 'cart-timeout', { service: cart, timeout: '10s' });
  new FaultInjection(home, 'cart-fault', {
    service: cart,
    match: header('x-chaos').exact('on'),
    delay: { time: '2s', percent: 50 },
  });

  const database = new MeshService(home, 'database', {
    port: 5432,
    protocol: 'tcp',
    versions: { v1: { image: 'example/db:1' } },
  });
  new LoadBalancing(home, 'database-balance', { service: database, policy: { simple: 'ROUND_ROBIN' } });

  const edge = new IngressGateway(app, 'edge', { mesh });
  edge.expose(reviews, { hosts: ['reviews.example.com'], paths: ['/reviews'] });
  edge.expose(cart, { hosts: ['shop.example.com'], port: 80 });
  return app;
}
