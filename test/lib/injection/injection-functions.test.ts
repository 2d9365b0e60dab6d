import {
  SPRIG_FUNCTIONS,
  TemplateError,
  decode,
  parseTemplate,
  pointerTo,
  structType,
  INT32,
  STRING,
  STRING_MAP,
} from '../../../lib/go-template';
import { INJECTION_FUNCTIONS, injectionFunctions } from '../../../lib/injection/injection-functions';

const META = structType('v1.ObjectMeta', () => ({ Name: STRING, Annotations: STRING_MAP }));
const PROXY_CONFIG = structType('v1alpha1.ProxyConfig', () => ({
  ConfigPath: STRING,
  DrainDuration: STRING,
  StatusPort: INT32,
  ProxyMetadata: STRING_MAP,
}));
const ROOT = structType('inject.Data', () => ({
  Meta: META,
  Bare: META,
  ProxyConfig: pointerTo(PROXY_CONFIG),
  Absent: pointerTo(PROXY_CONFIG),
  Labels: STRING_MAP,
}));
const DATA = decode(
  {
    meta: { name: 'web', annotations: { a: '1', empty: '' } },
    bare: {},
    proxyConfig: {
      configPath: './etc/istio/proxy',
      drainDuration: '45s',
      statusPort: 15021,
      proxyMetadata: { K: '<v>' },
    },
    labels: { b: '2', a: '1' },
  },
  ROOT,
);

const render = (text: string): string =>
  parseTemplate('inject', text, { functions: INJECTION_FUNCTIONS }).execute(DATA);

/** Source of all expectations: istio pkg/kube/inject/template.go */
describe("Istio's own functions", () => {
  test.each([
    ['annotation: the value', '{{ annotation .Meta "a" "d" }}', '1'],
    ['annotation: an empty value is a value', '{{ annotation .Meta "empty" "d" }}|', '|'],
    [
      'annotation: the default, as text',
      '{{ annotation .Bare "a" 15020 }} {{ annotation .Bare "a" true }}',
      '15020 true',
    ],
    ['isset', '{{ isset .Meta.Annotations "a" }} {{ isset .Bare.Annotations "a" }}', 'true false'],
    ['valueOrDefault', '{{ valueOrDefault "" "d" }} {{ valueOrDefault nil "d" }} {{ valueOrDefault 0 "d" }}', 'd d 0'],
    ['directory', '{{ directory "/etc/certs/ca.pem" }} {{ directory "ca.pem" }}|', '/etc/certs/ |'],
    ['contains: the part first', '{{ contains "/" "a/b" }}', 'true'],
    ['toLower', '{{ toLower "DaemonSet" }}', 'daemonset'],
    ['indent leaves the first line', '{{ "a\\nb\\nc" | indent 2 }}', 'a\n  b\n  c'],
    ['nindent is that of sprig', '{{ "a\\nb" | nindent 2 }}', '\n  a\n  b'],
    ['toYaml keeps the line end', '{{ toYaml (dict "a" 1) }}|', 'a: 1\n|'],
    ['toJSON', '{{ toJSON .Labels }} {{ toJSON .Bare.Annotations }}', '{"a":"1","b":"2"} {}'],
    ['fromJSON', '{{ (fromJSON "{\\"a\\":{\\"b\\":2}}").a.b }} {{ fromJSON "no" }}', '2 {}'],
    [
      'structToJSON',
      '{{ structToJSON .Meta }} {{ structToJSON nil }}',
      '{"name":"web","annotations":{"a":"1","empty":""}} {}',
    ],
    [
      'protoToJSON leaves out defaults',
      '{{ protoToJSON .ProxyConfig }}',
      '{"statusPort":15021,"proxyMetadata":{"K":"<v>"}}',
    ],
    ['protoToJSON of nothing', '{{ protoToJSON .Absent }}', '{}'],
    [
      'formatDuration',
      '{{ formatDuration .ProxyConfig.DrainDuration }} {{ formatDuration "90.5s" }} {{ formatDuration nil }}',
      '45s 1m30.5s 0s',
    ],
    ['env knows only defaults', '{{ env "CLUSTER" "kubernetes" }}', 'kubernetes'],
    ['strdict', '{{ strdict "a" "1" "b" | toJSON }}', '{"a":"1","b":""}'],
    ['mergeMaps: the last wins', '{{ mergeMaps .Labels (strdict "a" "9") | toJSON }}', '{"a":"9","b":"2"}'],
    ['toJsonMap', '{{ toJsonMap .Labels (strdict "c" "3") }}', '{"a":"1","b":"2","c":"3"}'],
    ['omit takes maps of texts', '{{ omit .Labels "a" "z" | toJSON }}', '{"b":"2"}'],
    ['omitNil', '{{ omitNil (dict "a" nil "b" (dict "c" nil) "d" (list 1 nil)) | toRawJson }}', '{"d":[1]}'],
    ['omitNil of nothing but nils', '{{ omitNil (dict "a" nil) | kindOf }}', 'invalid'],
    [
      'kubevirtInterfaces and excludeInterfaces',
      '{{ kubevirtInterfaces "net1" }} {{ excludeInterfaces "eth1" }}',
      'net1 eth1',
    ],
  ])('%s', (_, text, expected) => {
    expect(render(text)).toBe(expected);
  });

  test.each([
    ['15020', '80,90', '80,90,15020'],
    ['15020', '80,15020', '80,15020'],
    ['15020', '80, 90,', '80,90,15020'],
    ['15020', '', '15020'],
    ['0', '80', '80'],
    ['', '80', '80'],
  ])('excludeInboundPort %s of "%s"', (port, excluded, expected) => {
    expect(render(`{{ excludeInboundPort "${port}" "${excluded}" }}`)).toBe(expected);
  });

  test.each([
    ['', 'istio-cni', 'istio-cni'],
    ['other', 'istio-cni', 'other, istio-cni'],
    ['other, istio-cni', 'istio-cni', 'other, istio-cni'],
    ['[{"name":"other"}]', 'istio-cni', '[{"name":"other"}, {"name": "istio-cni"}]'],
    ['[{"name":"istio-cni"}]', 'istio-cni', '[{"name":"istio-cni"}]'],
    [
      '[{"name":"istio-cni"}]',
      'default/istio-cni',
      '[{"name":"istio-cni"}, {"name": "istio-cni", "namespace": "default"}]',
    ],
    [
      '[{"name":"istio-cni","namespace":"default"}]',
      'default/istio-cni',
      '[{"name":"istio-cni","namespace":"default"}]',
    ],
    ['[not json]', 'istio-cni', '[not json]'],
  ])('appendMultusNetwork to %s: %s', (existing, network, expected) => {
    expect(render(`{{ appendMultusNetwork \`${existing}\` "${network}" }}`)).toBe(expected);
  });

  test('env has what istiod is told', () => {
    const functions = injectionFunctions({ env: { CLUSTER: 'east', EMPTY: '' } });
    const text = '{{ env "CLUSTER" "d" }} {{ env "EMPTY" "d" }} {{ env "OTHER" "d" }}';
    expect(parseTemplate('t', text, { functions }).execute({})).toBe('east d d');
  });

  test('refuses arguments of other types than in Go', () => {
    expect(() => render('{{ isset .Meta "a" }}')).toThrow(
      'wrong type for value; expected map[string]string; got v1.ObjectMeta',
    );
    expect(() => render('{{ omit (dict "a" 1) "a" }}')).toThrow(
      'wrong type for value; expected map[string]string; got map[string]interface {}',
    );
  });
});

describe('functions that give something else each time', () => {
  test.each([
    ['now', '{{ now }}', 'the same input must give the same output'],
    ['randAlphaNum', '{{ randAlphaNum 5 }}', 'the same input must give the same output'],
    ['genCA', '{{ genCA "x" 1 }}', 'makes or reads key material'],
    ['getHostByName', '{{ getHostByName "localhost" }}', 'asks the network'],
    ['date of the current time', '{{ date "2006" "x" }}', 'the same input must give the same output'],
  ])('refuses %s with the reason', (_, text, reason) => {
    expect(() => render(text)).toThrow(reason);
  });

  test("refuses sprig's env, whose place Istio's has among the functions of injection", () => {
    const template = parseTemplate('t', '{{ env "HOME" }}', { functions: SPRIG_FUNCTIONS });
    expect(() => template.execute({})).toThrow("reads the environment of the process, which is istiod's in a cluster");
  });
});

test.each([
  ['parentheses', `{{ ${'('.repeat(200_000)}1${')'.repeat(200_000)} }}`],
  ['conditions', '{{ if 1 }}'.repeat(100_000)],
  ['recursion', '{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}'],
])('refuses endless %s without falling over', (_, text) => {
  expect(() => render(text)).toThrow(TemplateError);
});
