import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MeshApp, MeshChart, MeshService } from '../../../constructs';
import { readIndex } from '../../../lib/output/owned-files';
import { testMesh } from '../../support/mesh';
import type { WriteReport } from '../../../lib/output/write-manifests';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'write-manifests-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
  delete process.env.ISTIO_CONSTRUCTS_LAYOUT;
  delete process.env.ISTIO_CONSTRUCTS_REPORT;
});

function shop(layout?: 'single' | 'charts'): MeshApp {
  const app = new MeshApp({ outdir, ...(layout === undefined ? {} : { layout }) });
  new MeshService(new MeshChart(app, 'shop', { mesh: testMesh() }), 'reviews', {
    port: 9080,
    versions: { v1: { image: 'example/reviews:1' } },
  });
  return app;
}

test('the app writes the layout it was given, and removes what another layout left', () => {
  shop().synth();
  expect(readIndex(outdir)?.files).toContain('60-workload/shop/service-reviews.yaml');
  shop('single').synth();
  expect(readIndex(outdir)?.files).toEqual(['app.k8s.yaml']);
});

test("the command line's layout goes first", () => {
  process.env.ISTIO_CONSTRUCTS_LAYOUT = 'charts';
  expect([...shop('single').synth().files.keys()]).toEqual(['shop.k8s.yaml']);
});

test('refuses a layout that is none, and writes nothing', () => {
  process.env.ISTIO_CONSTRUCTS_LAYOUT = 'chart';
  expect(() => shop().synth()).toThrow('The layout "chart" does not exist. Did you mean "charts"?');
  expect(readIndex(outdir)).toBeUndefined();
});

test('the list of files knows the construct path of each object', () => {
  shop().synth();
  expect(readIndex(outdir)?.origins?.['/Service/shop/reviews']).toMatch(/^shop\/reviews/);
});

test('the command line gets a line per folder', () => {
  process.env.ISTIO_CONSTRUCTS_REPORT = join(outdir, '..', `${outdir.split('/').pop()!}.report`);
  const { manifests } = shop().synth();
  shop().synth();
  const lines = readFileSync(process.env.ISTIO_CONSTRUCTS_REPORT, 'utf8').trim().split('\n');
  rmSync(process.env.ISTIO_CONSTRUCTS_REPORT);
  const reports = lines.map((line) => JSON.parse(line) as WriteReport);
  expect(reports.map(({ objects, written }) => [objects, written])).toEqual([
    [manifests.length, manifests.length],
    [manifests.length, 0],
  ]);
});
