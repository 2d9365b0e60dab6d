import { join } from 'node:path';
import { MeshApp } from '../../../constructs';
import type { KubeObject } from '../../../lib/manifest';
import { PulumiProgram, type ProgramRun } from '../../../constructs/pulumi/testing';
import { EVERY_STACK } from './every-stack';

// Each run is a process of its own.
jest.setTimeout(300_000);

const program = new PulumiProgram({
  program: join(__dirname, 'programs', 'every-stack.ts'),
  outputs: (resource) => (resource.type === 'test:index:Later' ? { text: 'registry.example.com' } : {}),
});
let up: ProgramRun;

beforeAll(async () => {
  up = await program.up();
});

function synthesized(build: (app: MeshApp) => void): readonly KubeObject[] {
  const app = new MeshApp();
  build(app);
  return app.check().manifests.map((manifest) => manifest.object);
}

const key = (object: unknown): string => {
  const { apiVersion, kind, metadata } = object as KubeObject;
  return [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
};
const sorted = (objects: readonly unknown[]): unknown[] => [...objects].sort((a, b) => (key(a) < key(b) ? -1 : 1));

test('the program succeeds, and there is something to compare', () => {
  expect(up.errors).toEqual([]);
  expect(up.exitCode).toBe(0);
  expect(EVERY_STACK.length).toBeGreaterThan(30);
});

test.each(EVERY_STACK)('$name is the same under Pulumi as in cdk8s synth', ({ name, build }) => {
  const expected = synthesized(build);
  const got = up.objects.filter((resource) => resource.name.startsWith(`${name}/`)).map((resource) => resource.inputs);
  expect(expected.length).toBeGreaterThan(0);
  expect(sorted(got)).toEqual(JSON.parse(JSON.stringify(sorted(expected))));
});

test('a preview with unknown values in every object works for all of them', async () => {
  const preview = await program.preview({ config: { unknown: 'true' } });
  expect(preview.errors).toEqual([]);
  expect(preview.objects).toHaveLength(up.objects.length);
  for (const { name, unknowns } of preview.objects) {
    expect([name, unknowns]).toEqual([name, expect.arrayContaining([expect.stringMatching('example.com/later')])]);
  }
  expect(preview.changed(['create', 'delete'])).toEqual([]);
});
