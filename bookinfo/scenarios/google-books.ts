import { DestinationRule, ServiceEntry, TrafficSplit, VirtualService, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

const host = 'www.googleapis.com';

export const googleBooks: Scenario = {
  name: 'google-books',
  about: 'details v2 asks Google Books in plain HTTP, and its sidecar makes it HTTPS on the way out.',
  build: (chart) => {
    const { details } = new Bookinfo(chart, 'bookinfo', { googleBooks: true });
    new TrafficSplit(chart, 'details', { service: details, weights: { v2: 100 } });
    new ServiceEntry(chart, 'googleapis', {
      spec: {
        hosts: [host],
        ports: [
          { number: 80, name: 'http', protocol: 'HTTP' },
          { number: 443, name: 'https', protocol: 'HTTPS' },
        ],
        location: 'MESH_EXTERNAL',
        resolution: 'DNS',
      },
    });
    new VirtualService(chart, 'rewrite-port-for-googleapis', {
      spec: {
        hosts: [host],
        http: [{ match: [{ port: 80 }], route: [{ destination: { host, port: { number: 443 } } }] }],
      },
    });
    new DestinationRule(chart, 'originate-tls-for-googleapis', {
      spec: {
        host,
        trafficPolicy: {
          portLevelSettings: [
            { port: { number: 443 }, loadBalancer: { simple: 'ROUND_ROBIN' }, tls: { mode: 'SIMPLE' } },
          ],
        },
      },
    });
  },
};
