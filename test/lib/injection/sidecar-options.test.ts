import { isAddressRange } from '../../../lib/json/address-range';
import { checkSidecarOptions, sidecarAnnotations, type SidecarOptions } from '../../../lib/injection/sidecar-options';

test('no option means no annotation', () => {
  expect(sidecarAnnotations({})).toEqual({});
});

test('every option reaches the injector as an annotation', () => {
  expect(
    sidecarAnnotations({
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
      logLevel: 'debug',
      componentLogLevel: { misc: 'error', http: 'debug' },
      agentLogLevel: 'all:debug',
      holdApplicationUntilProxyStarts: true,
      capture: {
        mode: 'TPROXY',
        inboundPorts: '*',
        excludeInboundPorts: [22, 9000],
        outboundRanges: ['10.0.0.0/8'],
        excludeOutboundRanges: ['169.254.169.254/32'],
        outboundPorts: [3306],
        excludeOutboundPorts: [5432],
      },
      drainDuration: '30s',
      terminationDrainDuration: '20s',
      concurrency: 2,
      stats: { prefixes: ['cluster.outbound'], suffixes: ['upstream_rq_timeout'], regexps: ['.*'] },
      tracingSampling: 12.5,
      imageType: 'distroless',
      native: false,
      proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' },
      rewriteProbes: false,
      mergePrometheus: false,
      templates: ['sidecar', 'spire'],
    }),
  ).toEqual({
    'inject.istio.io/templates': 'sidecar,spire',
    'prometheus.istio.io/merge-metrics': 'false',
    'proxy.istio.io/config':
      '{"concurrency":2,"drainDuration":"30s","holdApplicationUntilProxyStarts":true,"proxyMetadata":{"ISTIO_META_DNS_CAPTURE":"true"},' +
      '"proxyStatsMatcher":{"inclusionPrefixes":["cluster.outbound"],"inclusionRegexps":[".*"],"inclusionSuffixes":["upstream_rq_timeout"]},' +
      '"terminationDrainDuration":"20s","tracing":{"sampling":12.5}}',
    'sidecar.istio.io/agentLogLevel': 'all:debug',
    'sidecar.istio.io/componentLogLevel': 'misc:error,http:debug',
    'sidecar.istio.io/interceptionMode': 'TPROXY',
    'sidecar.istio.io/logLevel': 'debug',
    'sidecar.istio.io/nativeSidecar': 'false',
    'sidecar.istio.io/proxyCPU': '50m',
    'sidecar.istio.io/proxyCPULimit': '1',
    'sidecar.istio.io/proxyImageType': 'distroless',
    'sidecar.istio.io/proxyMemory': '64Mi',
    'sidecar.istio.io/proxyMemoryLimit': '256Mi',
    'sidecar.istio.io/rewriteAppHTTPProbers': 'false',
    'traffic.sidecar.istio.io/excludeInboundPorts': '22,9000',
    'traffic.sidecar.istio.io/excludeOutboundIPRanges': '169.254.169.254/32',
    'traffic.sidecar.istio.io/excludeOutboundPorts': '5432',
    'traffic.sidecar.istio.io/includeInboundPorts': '*',
    'traffic.sidecar.istio.io/includeOutboundIPRanges': '10.0.0.0/8',
    'traffic.sidecar.istio.io/includeOutboundPorts': '3306',
  });
});

test('an empty list of ports is said, for it means none where the default is all', () => {
  expect(sidecarAnnotations({ capture: { inboundPorts: [] } })).toEqual({
    'traffic.sidecar.istio.io/includeInboundPorts': '',
  });
});

test.each<[SidecarOptions, string]>([
  [{ resources: { requests: { cpu: '100 m' } } }, 'sidecar.resources.requests.cpu'],
  [{ drainDuration: '45' }, 'sidecar.drainDuration'],
  [{ drainDuration: '-5s' }, 'sidecar.drainDuration'],
  [{ drainDuration: '10000000h' }, 'sidecar.drainDuration'],
  [{ concurrency: -1 }, 'sidecar.concurrency'],
  [{ tracingSampling: 101 }, 'sidecar.tracingSampling'],
  [{ capture: { excludeInboundPorts: [70000] } }, 'sidecar.capture.excludeInboundPorts'],
  [{ capture: { outboundRanges: ['10.0.0.0'] } }, 'sidecar.capture.outboundRanges'],
])('refuses %j', (options, at) => {
  expect(checkSidecarOptions(options).map((issue) => issue.at)).toEqual([at]);
});

test.each<SidecarOptions>([
  { resources: { limits: { cpu: '0.5', memory: '1Gi' } } },
  { resources: { limits: { cpu: '${late:a:1}' } } },
  { drainDuration: '1m30s', concurrency: 0, tracingSampling: 0 },
  { capture: { outboundRanges: ['10.0.0.0/8', 'fd00::/8'], inboundPorts: '*' } },
])('accepts %j', (options) => {
  expect(checkSidecarOptions(options)).toEqual([]);
});

test.each([
  ['10.0.0.0/8', true],
  ['0.0.0.0/0', true],
  ['::/0', true],
  ['fd00::1/128', true],
  ['::ffff:10.0.0.1/96', true],
  ['1:2:3:4:5:6:7:8/64', true],
  ['10.0.0.0', false],
  ['10.0.0.0/33', false],
  ['10.0.0.0/08', false],
  ['10.0.0/8', false],
  ['256.0.0.0/8', false],
  ['1:2:3:4:5:6:7:8:9/64', false],
  ['a::b::c/64', false],
  ['/8', false],
  ['', false],
])('%s is a range of addresses: %s', (text, expected) => {
  expect(isAddressRange(text)).toBe(expected);
});
