import type { Call } from '../constructs';

/** Who calls whom in Bookinfo; the databases only where the ratings are stored in one. */
export const BOOKINFO_CALLS: readonly Call[] = [
  { from: 'ingress', to: 'productpage', port: 9080, protocol: 'http' },
  { from: 'productpage', to: 'details', port: 9080, protocol: 'http' },
  { from: 'productpage', to: 'reviews', port: 9080, protocol: 'http' },
  { from: 'reviews', to: 'ratings', port: 9080, protocol: 'http' },
  { from: 'ratings', to: 'mongodb', port: 27017, protocol: 'tcp' },
  { from: 'ratings', to: 'mysqldb', port: 3306, protocol: 'tcp' },
];
