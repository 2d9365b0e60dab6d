import { applyProxyConfig, DEFAULT_PROXY_CONFIG, proxyConfigJson } from '../../../lib/injection/proxy-config';

test('a ProxyConfig says only what differs from the defaults, in the order of protobuf', () => {
  const unknown: string[] = [];
  const config = applyProxyConfig(
    applyProxyConfig(DEFAULT_PROXY_CONFIG, {
      proxyMetadata: { A: '1', B: '2' },
      tracing: { zipkin: { address: 'z' } },
    }),
    {
      hold_application_until_proxy_starts: false,
      tracing: { sampling: 5 },
      proxyMetadata: { B: '3' },
      drainDuration: '1m',
      concurency: 2,
    },
    unknown,
  );
  expect(proxyConfigJson(config)).toBe(
    '{"drainDuration":"60s","tracing":{"sampling":5},"proxyMetadata":{"A":"1","B":"3"},"holdApplicationUntilProxyStarts":false}',
  );
  expect(unknown).toEqual(['ProxyConfig has no field "concurency". Did you mean "concurrency"?']);
});

test.each([
  [{ concurrency: 'two' }, 'concurrency is "two", and must be a whole number'],
  [{ drainDuration: '45' }, 'drainDuration is "45", and must be a duration'],
  [{ interceptionMode: 'ALL' }, 'interceptionMode is "ALL", and must be one of REDIRECT, TPROXY, NONE'],
  [{ proxyMetadata: { A: 1 } }, 'proxyMetadata.A is 1, and must be a text'],
])('refuses the ProxyConfig %j', (change, message) => {
  expect(() => applyProxyConfig({}, change)).toThrow(message);
});
