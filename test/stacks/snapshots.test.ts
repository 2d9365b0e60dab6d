import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MeshApp } from 'istio-constructs';
import { layOut } from '../../lib/output';
import { STACKS } from '../../stacks';

const root = resolve(__dirname, '../../snapshots');

/** The YAML files below a folder, text by path. */
function snapshot(name: string): Map<string, string> {
  const folder = join(root, name);
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const),
  );
}

test.each(STACKS.map((stack) => [stack.name, stack] as const))('%s gives its reviewed snapshot', (name, stack) => {
  const app = new MeshApp({ layout: 'objects' });
  stack.build(app);
  const { manifests, issues } = app.check();
  expect(issues.map(({ code }) => code).sort()).toEqual([...(stack.findings ?? [])].sort());
  expect(Object.fromEntries(layOut(manifests))).toEqual(Object.fromEntries(snapshot(name)));
});

test('there is no snapshot of a stack that is gone', () => {
  expect(readdirSync(root).sort()).toEqual(STACKS.map(({ name }) => name).sort());
});
