import { type Scenario, Tracing } from '../../constructs';
import { Bookinfo } from '../app';

export const tracing: Scenario = {
  name: 'tracing',
  about: 'Every request leaves a trace in Jaeger: page, details, reviews, ratings.',
  build: (chart) => {
    new Bookinfo(chart, 'bookinfo');
    new Tracing(chart, 'all-requests', {
      provider: 'jaeger',
      samplingPercent: 100,
      customTags: { namespace: { literal: { value: chart.namespace } } },
    });
  },
};
