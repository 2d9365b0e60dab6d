import { join } from 'node:path';
import { PulumiProgram } from '../../../constructs/pulumi/testing';

// Each run is a process of its own.
jest.setTimeout(120_000);

const program = new PulumiProgram({ program: join(__dirname, 'programs', 'changes.ts') });

beforeAll(async () => {
  const up = await program.up();
  expect(up.report()).toMatch(/^exit code 0$/m);
  expect(up.changed(['create'])).toContain('shop/VirtualService.networking.istio.io/shop/reviews');
});

test('the same program changes nothing', async () => {
  const preview = await program.preview();
  expect(preview.changed()).toEqual([]);
  expect(preview.changed(['same']).length).toBeGreaterThan(10);
});

test('a changed weight changes one resource', async () => {
  const preview = await program.preview({ config: { percent: '25' } });
  expect(preview.changed()).toEqual(['shop/VirtualService.networking.istio.io/shop/reviews']);
  expect(preview.changed(['update'])).toHaveLength(1);
  const spec = preview.resource('VirtualService', 'shop/reviews').inputs.spec as {
    http: { route: { weight: number }[] }[];
  };
  expect(spec.http[0]!.route.map((route) => route.weight)).toEqual([75, 25]);
});

test('renamed and moved constructs change nothing', async () => {
  expect((await program.preview({ config: { folder: 'another' } })).changed()).toEqual([]);
});

test('another served version of a kind is an update in place', async () => {
  const preview = await program.preview({ config: { version: 'v1beta1' } });
  expect(preview.changed(['update'])).toEqual(['shop/ServiceEntry.networking.istio.io/shop/db']);
  expect(preview.changed(['create', 'delete', 'replace'])).toEqual([]);
});

test('a renamed stack with an alias keeps every object', async () => {
  const preview = await program.preview({ config: { name: 'store', formerName: 'shop' } });
  expect(preview.report()).toMatch(/^exit code 0$/m);
  expect(preview.changed()).toEqual([]);
  expect(preview.objects[0]!.name).toMatch(/^store\//);
});

test('a renamed stack without an alias would replace every object', async () => {
  const preview = await program.preview({ config: { name: 'store' } });
  expect(preview.changed(['delete']).length).toBeGreaterThan(10);
});
