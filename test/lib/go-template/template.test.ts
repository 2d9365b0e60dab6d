import {
  INT32,
  STRING,
  STRING_MAP,
  TemplateError,
  decode,
  parseTemplate,
  pointerTo,
  sliceOf,
  structType,
} from '../../../lib/go-template';
import { INJECTION_FUNCTIONS } from '../../../lib/injection/injection-functions';

const render = (text: string, data: unknown = {}): string =>
  parseTemplate('t', text, { functions: INJECTION_FUNCTIONS }).execute(data);

const failure = (text: string, data: unknown = {}): string => {
  try {
    render(text, data);
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
  return 'no error';
};

const port = structType('v1.ContainerPort', () => ({ ContainerPort: INT32, Protocol: STRING }));
const container = structType('v1.Container', () => ({ Name: STRING, Ports: sliceOf(port) }));
const pod = structType('v1.PodSpec', () => ({
  Containers: { type: sliceOf(container), always: true },
  NodeSelector: STRING_MAP,
}));
const proxyConfig = structType('v1alpha1.ProxyConfig', () => ({
  ConfigPath: STRING,
  Concurrency: pointerTo(INT32),
  StatusPort: INT32,
}));
const data = structType('inject.SidecarTemplateData', () => ({
  Spec: pod,
  ProxyConfig: pointerTo(proxyConfig),
  Revision: STRING,
}));

describe('templates over values with Go types', () => {
  const value = decode(
    {
      spec: {
        containers: [
          { name: 'app', ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }] },
          { name: 'istio-proxy', ports: [{ containerPort: 15090 }] },
        ],
      },
      proxyConfig: { configPath: './etc/istio/proxy', statusPort: 15021 },
    },
    data,
  );

  test.each([
    ['{{ range .Spec.Containers }}{{ .Name }};{{ end }}', 'app;istio-proxy;'],
    ['{{ .Revision }}|{{ .Revision | default "none" }}', '|none'],
    ['{{ isset .Spec.NodeSelector "a" }}{{ len .Spec.NodeSelector }}', 'false0'],
    ['{{ applicationPorts .Spec.Containers }} {{ includeInboundPorts .Spec.Containers }}', '80 80,15090'],
    ['{{ with .ProxyConfig.Concurrency }}set{{ else }}unset{{ end }}', 'unset'],
    ['{{ protoToJSON .ProxyConfig }}', '{"statusPort":15021}'],
    ['{{ structToJSON (index .Spec.Containers 1) }}', '{"name":"istio-proxy","ports":[{"containerPort":15090}]}'],
    ['{{ (index (index .Spec.Containers 0).Ports 0).ContainerPort | typeOf }}', 'int32'],
  ])('%s', (text, expected) => {
    expect(render(text, value)).toBe(expected);
  });

  test('refuses a field the type does not have', () => {
    expect(failure('{{ .Spec.Container }}', value)).toBe(
      'template: t:1:8: executing "t" at <.Spec.Container>: can\'t evaluate field Container in type v1.PodSpec',
    );
  });

  test('refuses a field of a nil pointer', () => {
    expect(failure('{{ .ProxyConfig.ConfigPath }}', decode({}, data))).toBe(
      'template: t:1:15: executing "t" at <.ProxyConfig.ConfigPath>: nil pointer evaluating *v1alpha1.ProxyConfig.ConfigPath',
    );
  });
});

test('executing changes nothing in the data that was given', () => {
  const given = Object.freeze({ m: Object.freeze({ a: 1 }) });
  expect(render('{{ $_ := set .m "b" 2 }}{{ .m }}', given)).toBe('map[a:1 b:2]');
  expect(given).toEqual({ m: { a: 1 } });
});

test('the same text is parsed once', () => {
  const options = { functions: INJECTION_FUNCTIONS };
  expect(parseTemplate('t', '{{ 1 }}', options)).toBe(parseTemplate('t', '{{ 1 }}', options));
});
