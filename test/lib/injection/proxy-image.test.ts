import { proxyImage } from '../../../lib/injection/proxy-image';

const values = { global: { hub: 'h', tag: '1.2-distroless', proxy: { image: 'proxyv2' } } };

test.each([
  [{}, {}, 'h/proxyv2:1.2-distroless'],
  [{ image: { imageType: 'debug' } }, {}, 'h/proxyv2:1.2-debug'],
  [{ image: { imageType: 'debug' } }, { 'sidecar.istio.io/proxyImageType': 'default' }, 'h/proxyv2:1.2'],
])('the image follows ProxyConfig %j and annotations %j', (config, annotations, expected) => {
  expect(proxyImage(values, config, annotations)).toBe(expected);
});
