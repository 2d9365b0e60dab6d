import {
  ANY,
  ANY_MAP,
  BOOL,
  FLOAT64,
  INT,
  INT32,
  INT64,
  STRING,
  STRING_MAP,
  FunctionError,
  GoInt,
  GoStruct,
  mapOf,
  pointerTo,
  sliceOf,
  structType,
  type GoType,
  type Value,
} from '../../../lib/go-template';

const MODE: GoType = {
  kind: 'int32',
  name: 'main.Mode',
  methods: { String: (self) => `MODE_${self instanceof GoInt ? self.value : ''}` },
};
const PORT = structType('main.Port', () => ({ Name: STRING, Number: { type: INT32, always: true } }));

const levelOf = (self: Value): string => (self instanceof GoStruct ? String(self.field('Level')) : 'none');
const SETTINGS = structType(
  'main.Settings',
  () => ({ Level: STRING, Count: pointerTo(INT64), Ratio: FLOAT64, Mode: MODE, Enabled: BOOL }),
  {
    methods: {
      GetLevel: levelOf,
      Join: (self, words) => [levelOf(self), ...words.map(String)].join('+'),
      Fails: () => {
        throw new FunctionError('it failed');
      },
    },
  },
);

/** The struct types of the Go program, as this project declares such types. */
export const ROOT = pointerTo(
  structType('main.Root', () => ({
    Name: { type: STRING, always: true },
    Labels: STRING_MAP,
    Ports: sliceOf(PORT),
    Settings: pointerTo(SETTINGS),
    Absent: pointerTo(SETTINGS),
    Any: ANY,
    Values: ANY_MAP,
    Numbers: mapOf(INT, STRING),
    Inner: { type: SETTINGS, always: true },
  })),
);

export const TYPED_DATA = {
  name: 'root',
  labels: { b: '2', a: '1' },
  ports: [{ name: 'http', number: 80 }, { number: 443 }],
  settings: { level: 'info', count: 5, ratio: 1.5, mode: 2, enabled: true },
  values: { x: { y: 1 }, n: null },
  inner: { level: 'inner' },
};

/** Templates over values with Go types: structs, pointers, typed maps and slices, methods. */
export const TYPED: readonly string[] = [
  '{{.Name}} {{.Labels}} {{.Ports}} {{.Inner}} {{.Any}} {{.Values}} {{.Numbers}} {{.Absent}}',
  '{{.Labels.a}} {{.Labels.zz}}| {{index .Labels "b"}} {{index .Labels "zz"}}|',
  '{{.Settings.Level}} {{.Settings.Count}} {{.Settings.Ratio}} {{.Settings.Mode}} {{.Settings.Enabled}}',
  '{{.Settings.GetLevel}} {{.Absent.GetLevel}} {{.Inner.GetLevel}} {{(.Settings).GetLevel}}',
  '{{.Settings.Join "a" "b"}} {{"x" | .Settings.Join "a"}} {{.Settings.Join}}',
  '{{.Settings.Fails}}',
  '{{.Absent.Level}}',
  '{{.Absent.Nope}}',
  '{{.Settings.Nope}}',
  '{{.Nope}}',
  '{{.Name.x}}',
  '{{.Ports.x}}',
  '{{(index .Ports 0).Name}} {{(index .Ports 1).Number}} {{(index .Ports 0).Nope}}',
  '{{.Labels.a.b}}',
  '{{.Settings.Level 1}}',
  '{{.Any.x}}',
  '{{.Any}}|{{.Values.n.x}}',
  '{{.Values.x.y}} {{.Values.q.r}} {{.Values.n}}',
  '{{.Values.x.y.z}}',
  '{{range .Ports}}{{.Name}}:{{.Number}};{{end}}',
  '{{range $i, $p := .Ports}}{{$i}}{{$p.Number}}{{end}}',
  '{{range .Ports}}{{.Nope}}{{end}}',
  '{{range .Absent}}x{{end}}',
  '{{range .Settings}}x{{end}}',
  '{{range .Numbers}}x{{else}}none{{end}}{{range $k, $v := .Labels}}{{$k}}{{$v}}{{end}}',
  '{{with .Absent}}x{{else}}none{{end}}{{with .Settings}}{{.Level}}{{end}}{{if .Inner}}y{{end}}{{if .Settings.Count}}c{{end}}{{if .Inner.Count}}c{{else}}no{{end}}',
  '{{with .Settings}}{{.Nope}}{{end}}',
  '{{eq .Name "root"}} {{eq .Settings.Count 5}}',
  '{{eq (index .Ports 0).Number 80}} {{lt (index .Ports 0).Number 100}} {{eq .Settings.Mode 2}}',
  '{{eq .Settings.Mode "MODE_2"}}',
  '{{eq .Absent nil}} {{eq .Settings nil}} {{eq .Any nil}} {{eq .Numbers nil}} {{ne .Settings nil}}',
  '{{eq .Inner .Inner}}',
  '{{len .Ports}} {{len .Labels}} {{len .Numbers}} {{len .Absent}}',
  '{{len .Settings}}',
  '{{index .Numbers 1}}| {{index .Labels 1}}',
  '{{index .Absent 1}}',
  '{{index .Ports 5}}',
  '{{slice .Ports 1}} {{printf "%v %+v %d %s %T" .Ports .Ports .Ports .Settings.Mode .Settings.Mode}}',
  '{{printf "%#v" .Ports}} {{printf "%#v" .Labels}} {{printf "%#v" .Numbers}}',
  '{{printf "%v %+v" .Inner .Inner}} {{printf "%T %T %T %T" . .Settings .Inner .Settings.Count}}',
  '{{printf "%d %x" .Settings.Mode .Settings.Mode}} {{print .Settings.Mode "x" .Settings.Mode}} {{html .Settings.Mode}}',
  '{{print .Absent}} {{println .Name .Ports}} {{printf "%v" .Absent}} {{printf "%s" .Absent}}',
  '{{not .Absent}} {{and .Settings .Name}} {{or .Absent .Name}}',
  '{{$s := .Settings}}{{$s.Level}}{{$.Name}}{{$s.Join "q"}}',
  '{{define "x"}}{{.Level}}{{end}}{{template "x" .Settings}}{{template "x" .Inner}}',
  '{{template "x" .Absent}}{{define "x"}}{{.Level}}{{end}}',
  '{{call .Name}}',
  '{{.Settings.Mode.String}} {{.Settings.Mode.Nope}}',
];

/** The same with sprig's functions, which care for types. */
export const TYPED_SPRIG: readonly string[] = [
  '{{typeOf .Labels}} {{typeOf .Ports}} {{typeOf .Settings}} {{typeOf .Absent}} {{kindOf .Absent}} {{kindOf .Inner}} {{kindOf .Settings}} {{typeOf .Settings.Count}} {{typeOf .Settings.Mode}} {{kindOf .Settings.Mode}}',
  '{{hasKey .Labels "a"}}',
  '{{get .Labels "a"}}',
  '{{keys .Numbers}}',
  '{{toJson .}}',
  '{{toPrettyJson .Ports}} {{toJson .Absent}} {{toJson .Labels}} {{toJson .Inner}} {{toJson .Settings}}',
  '{{toYaml .}}',
  '{{toYaml .Ports}}{{toYaml .Labels}}{{toYaml .Absent}}',
  '{{.Name | upper}} {{.Labels.a | quote}} {{.Settings.Count | toString}} {{.Settings.Mode | toString}} {{.Settings.Mode | quote}}',
  '{{upper .Settings.Mode}}',
  '{{int .Settings.Count}} {{add .Settings.Count 1}} {{int .Settings.Ratio}} {{int64 (index .Ports 0).Number}}',
  '{{default "d" .Absent}} {{default "d" .Numbers}} {{empty .Inner}} {{empty .Settings}} {{coalesce .Absent .Name}} {{.Settings.Level | default "x"}}',
  '{{first .Ports}} {{last .Ports}} {{rest .Ports}} {{has "a" .Ports}} {{reverse .Ports}} {{without .Ports (first .Ports)}} {{append .Ports 1}}',
  '{{join "," .Ports}} {{toStrings .Ports}} {{dict "a" .Labels}} {{list .Labels .Absent}} {{deepEqual .Labels .Labels}} {{deepEqual .Labels (dict "a" "1" "b" "2")}}',
  '{{merge .Values (dict "z" 1)}} {{merge (dict) .Values}}',
  '{{merge .Labels (dict "z" 1)}}',
  '{{ternary 1 2 .Settings.Enabled}} {{trunc .Settings.Count "abc"}}',
  '{{repeat .Settings.Count "a"}}',
  '{{until (int .Settings.Count)}} {{seq (len .Ports)}}',
  '{{pick .Values "x"}} {{omit .Values "x"}} {{pluck "x" .Values}} {{values .Values | len}} {{dig "x" "y" 0 .Values}}',
  '{{pick .Labels "a"}}',
];
