import { join } from 'node:path';
import { PulumiProgram, UNKNOWN, type ProgramRun } from '../../../constructs/pulumi/testing';

/** A quote, a backslash and a line break: what must not break out of JSON. */
const PASSWORD = 'a"b\\c\nd';

// Each run is a process of its own.
jest.setTimeout(120_000);

const program = new PulumiProgram({
  program: join(__dirname, 'programs', 'late-values.ts'),
  secretConfig: { password: PASSWORD },
  outputs: (resource) => (resource.type === 'test:index:Later' ? { result: 'db.example.com', port: 5432 } : {}),
});
let preview: ProgramRun;
let up: ProgramRun;

beforeAll(async () => {
  preview = await program.preview();
  up = await program.up();
});

test('preview and update both succeed, and pass on what the checks only warn of', () => {
  for (const run of [preview, up]) {
    expect([run.exitCode, run.errors]).toEqual([0, []]);
    const warnings = run.logs.filter((line) => line.severity === 'warning').map((line) => line.message);
    expect(warnings).toEqual([
      expect.stringMatching(/^\[shop\/entry\] ServiceEntry shop\/db .*tcp-without-address\)$/s),
    ]);
  }
});

test('in a preview only what depends on an unknown value is unknown', () => {
  const entry = preview.resource('ServiceEntry', 'shop/db');
  expect(entry.unknowns).toEqual(['metadata.labels', 'spec.hosts[0]', 'spec.ports[0].name', 'spec.ports[0].number']);
  expect(entry.inputs.spec).toEqual({
    hosts: [UNKNOWN],
    location: 'MESH_EXTERNAL',
    ports: [{ name: UNKNOWN, number: UNKNOWN, protocol: 'TCP' }],
  });
});

test('a late value is the Output itself: a number is a number, null is dropped, a map joins the map around it', () => {
  const { inputs } = up.resource('ServiceEntry', 'shop/db');
  expect(inputs).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'db', namespace: 'shop', labels: { app: 'db', zone: 'db.example.com' } },
    spec: {
      hosts: ['db.example.com'],
      location: 'MESH_EXTERNAL',
      ports: [{ number: 5432, name: 'tcp-5432', protocol: 'TCP' }],
    },
  });
});

test('values inside JSON text are escaped, whether the text was pasted together or built', () => {
  const { inputs, secrets } = up.resource('ConfigMap', 'other/db.example.com');
  const data = inputs.data as Record<string, string>;
  expect(JSON.parse(data['pasted.json']!)).toEqual({ text: PASSWORD, port: 5432 });
  expect(JSON.parse(data['built.json']!)).toEqual({ text: PASSWORD, ports: [5432] });
  expect(secrets).toEqual(['data["built.json"]', 'data["pasted.json"]']);
});

test('an object whose name is late is named by its construct, never by the number of a token', () => {
  const named = (run: ProgramRun): string[] => run.objects.map((resource) => resource.name).sort();
  expect(named(up)).toContain('shop/ConfigMap/~other/conf');
  expect(named(preview)).toEqual(named(up));
});

test('data of a Secret is secret whole, in inputs and in outputs, also what was given in clear text', () => {
  for (const run of [preview, up]) {
    const secret = run.resource('Secret', 'shop/db');
    expect(secret.secrets).toContain('stringData');
    expect(secret.additionalSecretOutputs).toEqual(['data', 'stringData']);
  }
  expect(up.resource('Secret', 'shop/db').secrets).toEqual(['metadata.annotations.url', 'stringData']);
});

test('an exported stack does not put its objects into the outputs', () => {
  expect(JSON.stringify(up.outputs.value)).not.toContain('db.example.com');
  expect(up.outputs.secrets).toEqual([]);
});

test('dependencies are those of the Outputs and those asked for', () => {
  const later = up.resources.find((resource) => resource.name === 'later')!;
  const entry = up.resource('ServiceEntry', 'shop/db');
  expect([...entry.dependencies].sort()).toEqual([up.resource('Secret', 'shop/db').urn, later.urn].sort());
  expect(entry.propertyDependencies.spec).toEqual([later.urn]);
});

test('every resource names the version of the SDK that is installed', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { version } = require('@pulumi/kubernetes/package.json') as { version: string };
  expect(up.objects.map((resource) => resource.version)).toEqual(up.objects.map(() => version));
});
