import { MetricsSettings, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const metrics: Scenario = {
  name: 'metrics',
  about: 'The request counts of the proxies also say which method was asked for, and nothing about the client address.',
  build: (chart) => {
    new Bookinfo(chart, 'bookinfo');
    new MetricsSettings(chart, 'by-method', {
      overrides: [
        { match: { metric: 'REQUEST_COUNT' }, tagOverrides: { request_method: { value: 'request.method' } } },
        { match: { metric: 'REQUEST_SIZE' }, disabled: true },
      ],
    });
  },
};
