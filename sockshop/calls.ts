import type { Call } from '../constructs';

/** Who calls whom in Sock Shop. */
export const SOCKSHOP_CALLS: readonly Call[] = [
  { from: 'ingress', to: 'front-end', port: 80, protocol: 'http' },
  { from: 'front-end', to: 'catalogue', port: 80, protocol: 'http' },
  { from: 'front-end', to: 'carts', port: 80, protocol: 'http' },
  { from: 'front-end', to: 'orders', port: 80, protocol: 'http' },
  { from: 'front-end', to: 'user', port: 80, protocol: 'http' },
  { from: 'front-end', to: 'session-db', port: 6379, protocol: 'tcp' },
  { from: 'catalogue', to: 'catalogue-db', port: 3306, protocol: 'tcp' },
  { from: 'carts', to: 'carts-db', port: 27017, protocol: 'tcp' },
  { from: 'orders', to: 'orders-db', port: 27017, protocol: 'tcp' },
  { from: 'orders', to: 'user', port: 80, protocol: 'http' },
  { from: 'orders', to: 'carts', port: 80, protocol: 'http' },
  { from: 'orders', to: 'payment', port: 80, protocol: 'http' },
  { from: 'orders', to: 'shipping', port: 80, protocol: 'http' },
  { from: 'shipping', to: 'rabbitmq', port: 5672, protocol: 'tcp' },
  { from: 'queue-master', to: 'rabbitmq', port: 5672, protocol: 'tcp' },
  { from: 'user', to: 'user-db', port: 27017, protocol: 'tcp' },
];
