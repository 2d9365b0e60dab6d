import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Canary, MeshApp, MeshService } from '../../../constructs';
import { MeshStack, MeshStackError, type BuildStack } from '../../../constructs/pulumi';

let count = 0;
const registered: string[] = [];
void pulumi.runtime.setMocks({
  newResource: (args) => {
    registered.push(args.name);
    return { id: args.name, state: args.inputs as Record<string, unknown> };
  },
  call: (args) => args.inputs as Record<string, unknown>,
});

/** The codes, places and messages of what a stack refuses; nothing may have been registered. */
function refused(build: BuildStack): { code: string; at?: string | undefined; origin?: string; message: string }[] {
  const name = `stack-${count++}`;
  try {
    new MeshStack(name, build);
  } catch (error) {
    expect(registered.filter((resource) => resource.startsWith(name))).toEqual([]);
    if (!(error instanceof MeshStackError)) throw error;
    return error.issues.map(({ code, at, origin = '', message }) => ({ code, at, origin, message }));
  }
  return [];
}

function conf(scope: Construct, data: unknown, id = 'conf'): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data });
}

const host = pulumi.output('db.example.com');
const port = pulumi.output(8080);

test.each<[string, string, string, BuildStack]>([
  ['a token in the key of a map', 'late-in-key', 'data', (chart, late) => conf(chart, { [late.string(host)]: 'x' })],
  [
    'a token in upper case',
    'late-changed',
    'data.a',
    (chart, late) => conf(chart, { a: late.string(host).toUpperCase() }),
  ],
  ['a token cut short', 'late-changed', 'data.a', (chart, late) => conf(chart, { a: late.string(host).slice(0, 15) })],
  [
    'a token in base64',
    'late-encoded',
    'data.a',
    (chart, late) => conf(chart, { a: Buffer.from(late.string(host)).toString('base64') }),
  ],
  [
    'a token inside a longer text in base64',
    'late-encoded',
    'data.a',
    (chart, late) => conf(chart, { a: Buffer.from(`user:${late.string(host)}`).toString('base64') }),
  ],
  [
    'a token inside another longer text in base64',
    'late-encoded',
    'data.a',
    (chart, late) => conf(chart, { a: Buffer.from(`users:${late.string(host)}!`).toString('base64') }),
  ],
  [
    'a token in a URL',
    'late-encoded',
    'data.a',
    (chart, late) => conf(chart, { a: encodeURIComponent(late.string(host)) }),
  ],
  ['late number + 1', 'late-arithmetic', 'data.a', (chart, late) => conf(chart, { a: late.number(port) + 1 })],
  ['1 + late number', 'late-arithmetic', 'data.a', (chart, late) => conf(chart, { a: 1 + late.number(port) })],
  [
    'late number + late number',
    'late-arithmetic',
    'data.a',
    (chart, late) => conf(chart, { a: late.number(port) + late.number(pulumi.output(2)) }),
  ],
  ['100 - late number', 'not-a-number', 'data.a', (chart, late) => conf(chart, { a: 100 - late.number(port) })],
  [
    'an Output in a template literal',
    'output-as-text',
    'data.a',
    (chart) => conf(chart, { a: `https://${host as unknown as string}/` }),
  ],
  ['an Output in JSON.stringify', 'output-as-text', 'data.a', (chart) => conf(chart, { a: JSON.stringify({ host }) })],
  [
    'an Output in a JSON patch',
    'output-as-text',
    'data.a',
    (chart) => {
      conf(chart, {}).addJsonPatch(JsonPatch.add('/data/a', host));
    },
  ],
  ['a token nobody handed out', 'late-unknown', 'data.a', (chart) => conf(chart, { a: '${late:r0123456789ab:0}' })],
  [
    'a token in the kind',
    'late-in-kind',
    'kind',
    (chart, late) =>
      new ApiObject(chart, 'conf', { apiVersion: 'v1', kind: late.string(host), metadata: { name: 'x' } }),
  ],
  [
    'a late map taken apart',
    'late-changed',
    'data',
    (chart, late) => {
      const map = late.record(pulumi.output({ a: 'b' }));
      conf(chart, Object.fromEntries(Object.entries(map).map(([key, value]) => [`x-${key}`, value])));
    },
  ],
])('refuses %s', (_what, code, at, build) => {
  const [issue, ...others] = refused(build);
  expect(issue).toMatchObject({ code, at, origin: expect.stringMatching(/^stack-\d+\/conf$/) });
  expect(others).toEqual([]);
});

test('refuses a token in the id of a construct', () => {
  const codes = refused((chart, late) => conf(new Construct(chart, late.string(host)), { a: 'b' }));
  expect(codes.map((issue) => issue.code)).toContain('late-in-id');
});

test('refuses a token of another stack, also a secret one with the same number, and names both', () => {
  let leaked = '';
  new MeshStack('first', (chart, late) => {
    leaked = late.string(pulumi.secret('s3cr3t'));
    conf(chart, { a: leaked });
  });
  const [issue] = refused((chart, late) => {
    conf(chart, { own: late.string(host), other: leaked });
  });
  expect(issue).toMatchObject({ code: 'late-foreign', at: 'data.other' });
  expect(issue!.message).toMatch(/"first".*"stack-\d+"/);
});

test('refuses a token in plain synth', () => {
  let leaked = '';
  new MeshStack('leaky', (chart, late) => {
    leaked = late.string(host);
    conf(chart, { a: leaked });
  });
  const app = new MeshApp();
  conf(new Chart(app, 'plain'), { a: leaked });
  expect(() => app.synthYaml()).toThrow(/unresolved-late-value/);
});

test('refuses an Output in plain synth, as a text and as it is', () => {
  const app = new MeshApp();
  const chart = new Chart(app, 'plain');
  conf(chart, { a: `https://${host as unknown as string}/` });
  conf(chart, { a: host }, 'whole');
  expect(app.inspect().issues).toMatchObject([
    { code: 'unresolved-late-value', origin: 'plain/conf', at: 'data.a', fix: expect.stringContaining('MeshStack') },
    { code: 'not-rendered', origin: 'plain/whole', fix: expect.stringContaining('late.string') },
  ]);
});

test('reports everything that is wrong at once', () => {
  const issues = refused((chart, late) => {
    conf(chart, { a: late.number(port) + 1, b: `${host as unknown as string}` });
    conf(chart, { [late.string(host)]: 'x' }, 'second');
  });
  expect(issues.map((issue) => issue.code).sort()).toEqual(['late-arithmetic', 'late-in-key', 'output-as-text']);
});

test('refuses two constructs that make the same object, also inside a List', () => {
  const [issue] = refused((chart) => {
    conf(chart, { a: 'b' });
    new ApiObject(chart, 'list', {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf', namespace: chart.namespace } }],
    });
  });
  expect(issue).toMatchObject({ code: 'duplicate-object', origin: expect.stringMatching(/list$/) });
});

test('refuses dependencies that go round in a circle', () => {
  const [issue] = refused((chart) => {
    const [a, b] = [conf(chart, {}, 'a'), conf(chart, {}, 'b')];
    a.addDependency(b);
    b.addDependency(a);
  });
  expect(issue).toMatchObject({ code: 'dependency-cycle' });
});

test('refuses what a construct finds wrong, before anything is registered', () => {
  const [issue] = refused((chart) => {
    const service = MeshService.named('reviews', {
      ports: [{ name: 'http', port: 9080, protocol: 'http' }],
      versions: { v1: {}, v2: {} },
    });
    new Canary(chart, 'canary', { service, stable: 'v1', candidate: 'v2', percent: 140 });
  });
  expect(issue).toMatchObject({ code: 'percent-out-of-range', origin: expect.stringMatching(/canary$/) });
});

test('a number beside text is not arithmetic, and neither is a token in every other place', () => {
  expect(
    refused((chart, late) => {
      conf(chart, {
        a: `tcp-${late.number(port)}`,
        b: `${late.string(host)}:${late.number(port)}`,
        c: late.number(port),
        d: `v${late.string(host)}1`,
      });
    }),
  ).toEqual([]);
});

test('plain values pass through', () => {
  new MeshStack('plain-values', (chart, late) => {
    expect([late.string('a'), late.number(1), late.record({ a: 'b' })]).toEqual(['a', 1, { a: 'b' }]);
    conf(chart, { a: 'b' });
  });
});
