import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(resolve(__dirname, '../../package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const locations = Object.keys(lock.packages);

// npm leaves the binaries of other platforms out of the lock where a registry does not carry them; `npm ci` then refuses
// the lock on every machine.
test('the lock names every optional dependency, those of other platforms too, or npm ci would refuse it', () => {
  const missing = Object.entries(lock.packages).flatMap(([location, locked]) =>
    Object.keys(locked.optionalDependencies ?? {})
      .filter((name) => !locations.some((path) => path.endsWith(`node_modules/${name}`)))
      .map((name) => `${location} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lock names no registry, so that everybody installs from their own', () => {
  expect(locations.filter((location) => lock.packages[location]?.resolved?.startsWith('http'))).toEqual([]);
});
