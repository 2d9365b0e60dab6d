import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { STACKS } from '../../stacks';
import { outputOf } from '../../stacks/output';
import { apply } from '../../stacks/snapshot';
import { readFiles } from '../../stacks/snapshot-folder';

const root = resolve(__dirname, '../../snapshots');

test.each(STACKS.map((stack) => [stack.name, stack] as const))('%s gives its reviewed snapshot', (name, stack) => {
  const { files, issues } = outputOf(stack);
  expect(issues.map(({ code }) => code).sort()).toEqual([...(stack.findings ?? [])].sort());
  const base = stack.base === undefined ? new Map<string, string>() : readFiles(join(root, stack.base));
  const reviewed = apply(base, readFiles(join(root, name)));
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(reviewed));
});

test('there is no snapshot of a stack that is gone', () => {
  const names = new Set(STACKS.map(({ name }) => name));
  expect(readdirSync(root).filter((name) => !names.has(name))).toEqual([]);
});

test('what a stack is based on is a stack that stands alone', () => {
  const alone = STACKS.filter(({ base }) => base === undefined).map(({ name }) => name);
  const bases = new Set(STACKS.flatMap(({ base }) => base ?? []));
  expect([...bases].filter((base) => !alone.includes(base))).toEqual([]);
});
