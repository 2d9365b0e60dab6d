import { installManifests, resolveInstall, specOfOptions } from '../../../lib/install';
import { PHASES } from '../../../lib/manifest';
import { OPTION_VALUES, pairwise } from './option-values';
import { render } from './render';

const rows = pairwise();

describe('every pair of options', () => {
  test('is in one of the installs', () => {
    const options = Object.entries(OPTION_VALUES) as [string, readonly unknown[]][];
    const met = new Set(rows.flatMap((row) => pairsOf(Object.entries(row))));
    const expected = options.flatMap(([a, as], index) =>
      options.slice(index + 1).flatMap(([b, bs]) => as.flatMap((x) => bs.map((y) => keyOf([a, x], [b, y])))),
    );
    expect(expected.filter((pair) => !met.has(pair))).toEqual([]);
  });

  test('makes objects that are one of a kind, in a phase, and the same each time', () => {
    for (const row of rows) {
      const manifests = installManifests(resolveInstall(specOfOptions(row)));
      const identities = manifests.map(({ object: { apiVersion, kind, metadata } }) =>
        [apiVersion, kind, metadata.namespace ?? '', metadata.name].join('/'),
      );
      expect(identities.filter((identity, index) => identities.indexOf(identity) !== index)).toEqual([]);
      expect(manifests.filter((manifest) => !(manifest.phase in PHASES))).toEqual([]);
      const text = JSON.stringify(manifests.map((manifest) => manifest.object));
      expect(text).toBe(JSON.stringify(render(structuredClone(row))));
      expect(text).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});

function keyOf(a: readonly [string, unknown], b: readonly [string, unknown]): string {
  return JSON.stringify([a, b]);
}

function pairsOf(entries: readonly (readonly [string, unknown])[]): string[] {
  const order = Object.keys(OPTION_VALUES);
  const sorted = [...entries].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return sorted.flatMap((a, index) => sorted.slice(index + 1).map((b) => keyOf(a, b)));
}
