import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneRoutePerMeshHost } from '../../lib/analysis';
import { manifestOf, readYaml, type Manifest } from '../../lib/manifest';
import type { Issue } from '../../lib/findings';
import { ORACLE } from './agreement';

/** A case of Istio's own analyzer suite: the analyzer, its input, and what it says of which object. */
interface Case {
  readonly name: string;
  readonly analyzer: { readonly goType: string };
  readonly inputFiles: readonly string[];
  readonly expected: readonly { readonly code: string; readonly origin: string }[];
}

/** Our rules, by the analyzer of Istio they stand for. */
const RULES: Readonly<Record<string, (manifests: readonly Manifest[]) => readonly Issue[]>> = {
  'virtualservice.ConflictingMeshGatewayHostsAnalyzer': oneRoutePerMeshHost,
};

const FOLDER = join(ORACLE, 'analyzer/visible');

const hasCases = existsSync(FOLDER);
const { cases } = hasCases
  ? (JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8')) as { cases: readonly Case[] })
  : { cases: [] };
const known = cases.filter(({ analyzer }) => analyzer.goType in RULES);

const objectOf = ({ object }: Issue): string =>
  `${object?.kind ?? ''} ${object?.namespace === undefined ? '' : `${object.namespace}/`}${object?.name ?? ''}`;

(hasCases ? describe : describe.skip)("Istio's analyzers", () => {
  test('there is a case for each of our rules', () => {
    expect([...new Set(known.map(({ analyzer }) => analyzer.goType))].sort()).toEqual(Object.keys(RULES).sort());
  });

  test.each(known.map((one) => [one.name, one] as const))(
    'say what we say: %s',
    (_, { analyzer, inputFiles, expected }) => {
      const manifests = inputFiles.flatMap((file) =>
        readYaml(readFileSync(join(FOLDER, file), 'utf8')).objects.map(({ object }) => manifestOf(object)),
      );
      const found = RULES[analyzer.goType]?.(manifests) ?? [];
      expect(found.map((issue) => `${issue.code} ${objectOf(issue)}`).sort()).toEqual(
        expected.map(({ code, origin }) => `${code} ${origin}`).sort(),
      );
    },
  );
});
