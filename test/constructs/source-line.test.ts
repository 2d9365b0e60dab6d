import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Canary, Mesh, MeshApp, MeshChart, MeshService, Retry, Timeout, VirtualService } from '../../constructs';
import { IssueError } from '../../lib/manifest';

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
    expect(source).toMatch(/^test\/constructs\/source-line\.test\.ts:\d+: new VirtualService\(chart, 'raw', \{ spec:/);
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
  expect(message).toMatch(/^ {2}at test\/constructs\/source-line\.test\.ts:\d+: new Canary\(chart, 'two', /m);
  expect(message).toMatch(/^ {2}see: the other one \[shop\/one\]\n {4}at .*: new Canary\(chart, 'one', /m);
});

test('an error that nobody catches is printed once', () => {
  const error = new IssueError([{ code: 'a', severity: 'error', message: 'wrong' }]);
  expect(error.issues).toHaveLength(1);
  expect(Object.keys(error)).not.toContain('issues');
});
