import { IngressGateway, path, TrafficSplit, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const gatewayApi: Scenario = {
  name: 'gateway-api',
  about:
    'Reviews is given out in the words of Gateway API: an HTTPRoute, and a Service per version that shares the requests.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v1: 50, v3: 50 } });
    const gateway = new IngressGateway(chart, 'reviews-gateway', { api: 'gateway-api' });
    gateway.expose(reviews, { hosts: ['reviews.example.com'], paths: [path.segment('/reviews')] });
  },
};
