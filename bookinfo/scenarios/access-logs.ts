import { AccessLogs, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const accessLogs: Scenario = {
  name: 'access-logs',
  about: 'The proxies write a line for every request that failed.',
  build: (chart) => {
    new Bookinfo(chart, 'bookinfo');
    new AccessLogs(chart, 'failures', { filter: 'response.code >= 400' });
  },
};
