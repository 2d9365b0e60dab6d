import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import {
  Canary,
  header,
  HeaderRoute,
  IngressGateway,
  Mesh,
  MeshApp,
  MeshChart,
  MeshService,
  path as requestPath,
  query,
  Retry,
  Timeout,
  VirtualService,
} from '../../../constructs';
import { BOOKINFO_SCENARIOS } from '../../../bookinfo';
import { IssueError } from '../../../lib/findings';

function shop() {
  const app = new MeshApp({ outdir: mkdtempSync(join(tmpdir(), 'source-line-')) });
  const chart = new MeshChart(app, 'shop', { mesh: Mesh.existing() });
  const reviews = new MeshService(chart, 'reviews', {
    port: 9080,
    versions: { v1: { image: 'example/reviews:1' }, v2: { image: 'example/reviews:2' } },
  });
  return { app, chart, reviews };
}

test('a finding shows the line of the program that made the construct', () => {
  const { app, chart } = shop();
  new VirtualService(chart, 'raw', { spec: { hosts: ['a.example.com'], http: [{ timeout: '5' } as never] } });
  const { issues } = app.inspect();
  const sources = issues.filter(({ origin }) => origin === 'shop/raw').map(({ source }) => source);
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) {
    expect(source).toMatch(
      /^test\/constructs\/tree\/source-line\.test\.ts:\d+: new VirtualService\(chart, 'raw', \{ spec:/,
    );
  }
});

test('a finding in a merged object names the construct that gave the value, and its line', () => {
  const { app, chart, reviews } = shop();
  new Canary(chart, 'canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
  new Retry(chart, 'patient', { service: reviews, attempts: 2, perTryTimeout: '2s' });
  new Timeout(chart, 'slow', { service: reviews, timeout: '10 s' });
  expect(app.inspect().issues).toMatchObject([
    {
      code: 'invalid-duration',
      origin: 'shop/slow',
      at: 'spec.http[0].timeout',
      source: expect.stringMatching(/: new Timeout\(chart, 'slow', \{ service: reviews, timeout: '10 s' \}\);$/),
    },
  ]);
});

test('a finding in a condition on a header or a parameter names the construct that asked for it', () => {
  const { app, chart, reviews } = shop();
  new HeaderRoute(chart, 'a', { service: reviews, match: header('x-user.name').regex('(?=a)'), to: 'v1' });
  new HeaderRoute(chart, 'b', { service: reviews, match: query('q').regex('(?=b)'), to: 'v2' });
  expect(app.inspect().issues).toMatchObject([
    { origin: 'shop/a', source: expect.stringMatching(/: new HeaderRoute\(chart, 'a', /) },
    { origin: 'shop/b', source: expect.stringMatching(/: new HeaderRoute\(chart, 'b', /) },
  ]);
});

test('what holds at a gateway too is told once, with both objects', () => {
  const { app, chart, reviews } = shop();
  new HeaderRoute(chart, 'a', { service: reviews, match: header('x').regex('(?=a)'), to: 'v1' });
  new IngressGateway(chart, 'edge').expose(reviews, { hosts: ['a.example.com'] });
  let message = '';
  try {
    app.check();
  } catch (error) {
    message = error instanceof IssueError ? error.message : '';
  }
  expect(message.replace(/:\d+: .*/, '')).toBe(
    [
      '1 error:',
      '[shop/a] VirtualService shop/edge-a.example.com spec.http[0].match[0].headers.x.regex: "(?=a)" is not an RE2 regular expression: ' +
        'error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
      '  at test/constructs/tree/source-line.test.ts',
      '  see: also in VirtualService shop/reviews spec.http[0].match[0].headers.x.regex',
      '  fix: Write it as RE2 has it: without lookaround and without references to groups. (invalid-regex)',
    ].join('\n'),
  );
});

test('a finding in a path that is exposed names who exposes it', () => {
  const { app, chart, reviews } = shop();
  const edge = new IngressGateway(chart, 'edge');
  edge.expose(reviews, { hosts: ['a.example.com'], paths: [requestPath.regex('/(?=a)')] });
  expect(app.inspect().issues).toMatchObject([{ code: 'invalid-regex', origin: 'shop/edge reviews' }]);
});

test('the same constructs are named in an App of cdk8s', () => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const reviews = new MeshService(chart, 'reviews', { port: 9080, versions: { v1: { image: 'example/reviews:1' } } });
  new Timeout(chart, 'slow', { service: reviews, timeout: '10 s' });
  expect(() => Testing.synth(chart)).toThrow('[shop/slow] VirtualService shop/reviews spec.http[0].timeout: "10 s"');
});

test('a finding in a demo shows the line of the demo', () => {
  const app = new MeshApp({ outdir: mkdtempSync(join(tmpdir(), 'source-line-')) });
  const chart = new MeshChart(app, 'bookinfo', { mesh: Mesh.existing() });
  BOOKINFO_SCENARIOS.find(({ name }) => name === 'jwt')?.build(chart);
  expect(app.check().issues[0]?.source).toMatch(
    /^bookinfo\/scenarios\/jwt\.ts:\d+: new JwtAuth\(chart, 'visitors', \{$/,
  );
});

test('of two constructs that contradict each other both lines are shown', () => {
  const { app, chart, reviews } = shop();
  new Canary(chart, 'one', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 });
  new Canary(chart, 'two', { service: reviews, stable: 'v1', candidate: 'v2', percent: 20 });
  let message = '';
  try {
    app.check();
  } catch (error) {
    message = error instanceof IssueError ? error.message : '';
  }
  expect(message).toMatch(/^ {2}at test\/constructs\/tree\/source-line\.test\.ts:\d+: new Canary\(chart, 'two', /m);
  expect(message).toMatch(/^ {2}see: the other one \[shop\/one\]\n {4}at .*: new Canary\(chart, 'one', /m);
});

test('an error that nobody catches is printed once', () => {
  const error = new IssueError([{ code: 'a', severity: 'error', message: 'wrong' }]);
  expect(error.issues).toHaveLength(1);
  expect(Object.keys(error)).not.toContain('issues');
});
