import { CircuitBreaker, MeshService, type Scenario } from '../../constructs';
import { SockShop } from '../app';

export const circuitBreaker: Scenario = {
  name: 'circuit-breaker',
  about:
    'fortio load -c 3 -qps 0 -n 20 http://front-end/: without the breaker all succeed, with it about three in ten get 503.',
  build: (chart) => {
    const { frontEnd } = new SockShop(chart, 'sock-shop');
    new CircuitBreaker(chart, 'front-end', {
      service: frontEnd,
      connections: { max: 2, pending: 1, requestsPerConnection: 1 },
    });
    new MeshService(chart, 'fortio', {
      ports: [
        { name: 'http-fortio', port: 8080 },
        { name: 'grpc-ping', port: 8079, protocol: 'grpc' },
      ],
      versions: {
        v1: {
          image: 'docker.io/fortio/fortio:1.66.3',
          podAnnotations: {
            'proxy.istio.io/config': JSON.stringify({
              proxyStatsMatcher: {
                inclusionPrefixes: ['cluster.outbound', 'cluster_manager', 'listener_manager', 'server'],
              },
            }),
          },
        },
      },
    });
  },
};
