import { resolve } from 'node:path';
import { tarball } from './pack';
import { run } from './project';

const root = resolve(__dirname, '../..');

test('publint finds nothing to complain of', async () => {
  const ran = await run(root, 'npx', '--no-install', 'publint', 'run', tarball(), '--strict');
  expect(ran.stdout).toContain('All good!');
  expect(ran.code).toBe(0);
});

test('are-the-types-wrong finds the types of every entry, in CommonJS, in ES modules and for bundlers, and the old way', async () => {
  const ran = await run(root, 'npx', '--no-install', 'attw', tarball(), '--format', 'json');
  const { analysis, problems } = JSON.parse(ran.stdout) as {
    readonly analysis: { readonly types?: unknown; readonly entrypoints?: object };
    readonly problems?: Readonly<Record<string, readonly object[]>>;
  };
  expect(analysis.types).toMatchObject({ kind: 'included' });
  expect(Object.keys(analysis.entrypoints ?? {}).length).toBeGreaterThan(1);
  expect(problems).toEqual({});
  expect(ran.code).toBe(0);
});
