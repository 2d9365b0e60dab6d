import { join } from 'node:path';
import { PulumiProgram } from '../../../constructs/pulumi/testing';

// Each run is a process of its own.
jest.setTimeout(120_000);

/** Runs one case; `result` is what becomes known in the update. */
function program(name: string, result: unknown): PulumiProgram {
  return new PulumiProgram({
    program: join(__dirname, 'programs', 'becoming-known.ts'),
    config: { case: name },
    outputs: () => ({ result }),
  });
}

test('a preview passes while the value is unknown, and an update with a right value too', async () => {
  const timeout = program('timeout', '5s');
  const preview = await timeout.preview();
  expect(preview.report()).toBe('exit code 0\n');
  expect(preview.resource('VirtualService', 'shop/vs').unknowns).toEqual(['spec.http[0].timeout']);
  const up = await timeout.up();
  expect(up.resource('VirtualService', 'shop/vs').inputs.spec).toMatchObject({ http: [{ timeout: '5s' }] });
});

test('refuses a value that turns out wrong, with construct, place and value, and never sends the object', async () => {
  const up = await program('timeout', 'soon').up();
  expect(up.succeeded).toBe(false);
  expect(up.report()).toMatch(/\[shop\/vs\] VirtualService shop\/vs spec\.http\[0\]\.timeout: .*soon/);
  expect(up.objects.map((resource) => resource.name)).toEqual(['shop/Namespace/shop']);
});

test('refuses a secret value that turns out wrong without showing it', async () => {
  const up = await program('secretTimeout', 'hunter2').up();
  expect(up.report()).toMatch(/\[shop\/vs\] spec\.http\[0\]\.timeout: A late value is not valid here; it is secret/);
  expect(up.report()).not.toContain('hunter2');
  expect(up.objects.map((resource) => resource.name)).toEqual(['shop/Namespace/shop']);
});

test('a late percent gives both shares, and refuses one above a hundred', async () => {
  const percent = program('percent', 30);
  expect((await percent.preview()).resource('VirtualService', 'shop/reviews').unknowns).toEqual([
    'spec.http[0].route[0].weight',
    'spec.http[0].route[1].weight',
  ]);
  const { inputs } = (await percent.up()).resource('VirtualService', 'shop/reviews');
  expect(inputs.spec).toMatchObject({ http: [{ route: [{ weight: 70 }, { weight: 30 }] }] });
  const tooMuch = await program('percent', 130).up();
  expect(tooMuch.report()).toMatch(
    /\[shop\/reviews.*\] spec\.http\[0\]\.route\[0\]\.weight: The share of the candidate is/,
  );
  expect(tooMuch.objects.some((resource) => resource.inputs.kind === 'VirtualService')).toBe(false);
});

test('refuses a text where a number was promised', async () => {
  const up = await program('wrongType', 'many').up();
  expect(up.report()).toMatch(/\[shop\/conf\] data\.a: The Output given to late\.number is "many" \(string\)/);
});

test.each(['rejected', 'rejectedOutput'])(
  'a late value that is %s says which construct waited for it',
  async (name) => {
    const preview = await program(name, undefined).preview();
    expect(preview.succeeded).toBe(false);
    expect(preview.report()).toMatch(/\[shop\/conf\] data\.a: The late value was rejected: lookup failed/);
    expect(preview.objects.map((resource) => resource.name)).toEqual(['shop/Namespace/shop']);
  },
);

test('refuses a late map that sets a key which the object sets itself', async () => {
  const up = await program('ownKey', { app: 'other' }).up();
  expect(up.report()).toMatch(/\[shop\/conf\].*a late map sets "app"/);
  expect((await program('ownKey', { app: 'conf' }).up()).succeeded).toBe(true);
});
