import { MutualTls, type Scenario } from '../../constructs';
import { SockShop } from '../app';

export const mtlsStrict: Scenario = {
  name: 'mtls-strict',
  about: 'Services take calls by mutual TLS only; a plain client from outside the mesh is refused.',
  build: (chart) => {
    new SockShop(chart, 'sock-shop');
    new MutualTls(chart, 'strict', { mode: 'STRICT' });
  },
};
