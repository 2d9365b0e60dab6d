import {
  isDnsLabel,
  isDnsSubdomain,
  isLabel,
  isLabelValue,
  isPortName,
  isPublicHost,
  isQualifiedName,
  isServiceName,
  isWildcardLabel,
} from '../../../lib/json';

const long = (length: number): string => 'a'.repeat(length);

describe.each<[string, (text: string) => boolean, readonly string[], readonly string[]]>([
  ['a DNS label', isDnsLabel, ['a', '1', 'a-b', '1a', long(63)], ['', 'A', 'a_b', '-a', 'a-', 'a.b', 'a\n', long(64)]],
  ['the name of a Service', isServiceName, ['a', 'a-1', long(63)], ['', '1a', '-a', 'A', long(64)]],
  ['the name of a port', isPortName, ['http', 'a-1', '1-a', long(15)], ['', '80', 'a--b', 'a-', 'HTTP', long(16)]],
  ['a DNS subdomain', isDnsSubdomain, ['a', 'a.b-c.1'], ['', 'a..b', '.a', 'a.', 'A.b', `${'a.'.repeat(127)}`]],
  [
    'a host of a gateway',
    isPublicHost,
    ['*', '*.example.com', '*.com', 'a.example.com', '1.2'],
    ['', 'a', '**', '*a.com', 'a.*.com', 'A.com', 'a.com.', '.com', 'a_b.com', 'a.com:80', `${long(64)}.com`],
  ],
  ['a label of Istio', isLabel, ['a', 'A-b', '1', long(63)], ['', 'a_b', '-a', 'a.b', long(64)]],
  ['a label with a wildcard', isWildcardLabel, ['*', '*a', '*-a', 'a', 'A1'], ['', '**', 'a*', '*-', '*.a', long(64)]],
  ['a label key', isQualifiedName, ['a', 'A_b.c', 'example.com/a'], ['', '/a', 'a/', 'A/b', 'a/b/c', '-a', long(64)]],
  ['a label value', isLabelValue, ['', 'a', 'A_b.c', long(63)], ['-a', 'a-', 'a b', 'a/b', long(64)]],
])('%s', (_, isGood, good, bad) => {
  test.each(good)('is "%s"', (text) => {
    expect(isGood(text)).toBe(true);
  });
  test.each(bad)('is not "%s"', (text) => {
    expect(isGood(text)).toBe(false);
  });
});
