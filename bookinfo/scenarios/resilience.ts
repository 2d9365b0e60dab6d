import { CircuitBreaker, Retry, Timeout, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const resilience: Scenario = {
  name: 'resilience',
  about:
    'Ratings fails half the time: a pod that failed five times rests, tries are repeated, and nobody waits over 2 s.',
  build: (chart) => {
    const { ratings } = new Bookinfo(chart, 'bookinfo', { ratingsFault: 'v-faulty' });
    new CircuitBreaker(chart, 'breaker', {
      service: ratings,
      connections: { max: 100, pending: 10 },
      ejection: { consecutive5xx: 5, interval: '5s', baseTime: '30s' },
    });
    new Retry(chart, 'retry', { service: ratings, attempts: 3, on: ['5xx'], perTryTimeout: '500ms' });
    new Timeout(chart, 'timeout', { service: ratings, timeout: '2s' });
  },
};
