import { EgressGateway, ExternalService, Timeout, TrafficSplit, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const egressGateway: Scenario = {
  name: 'egress-gateway',
  about: 'Details v2 asks Google Books in plain HTTP; it leaves through one gateway, which makes it HTTPS.',
  build: (chart) => {
    const { details } = new Bookinfo(chart, 'bookinfo', { googleBooks: true });
    new TrafficSplit(chart, 'details', { service: details, weights: { v2: 100 } });
    const out = new EgressGateway(chart, 'out', { mesh: chart.mesh });
    const books = new ExternalService(chart, 'google-books', {
      hosts: ['www.googleapis.com'],
      port: 80,
      originateTls: true,
      via: out,
    });
    new Timeout(chart, 'books', { service: books, timeout: '4s' });
  },
};
