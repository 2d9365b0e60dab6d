import { App, Testing } from 'cdk8s';
import { Mesh } from '../../constructs';
import { manifestText } from '../../lib/cli/manifest';
import { fromOperator, installManifests, resolveInstall } from '../../lib/install';
import { readYaml, type KubeObject } from '../../lib/manifest';
import { differences, hasInstallOracle, installCases, nameOf } from './install-cases';

const lane = hasInstallOracle ? describe : describe.skip;
const cases = installCases();

const withoutCrds = (objects: readonly KubeObject[]): KubeObject[] =>
  objects.filter((object) => object.kind !== 'CustomResourceDefinition');

/** cdk8s leaves out null and annotations that are empty, and the API server takes them for absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const isEmpty = (entry: unknown): boolean => JSON.stringify(entry) === '{}';
  const kept = Object.entries(value).filter(
    ([key, entry]) => entry !== null && !(key === 'annotations' && isEmpty(entry)),
  );
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutNulls(entry)]));
}

lane('the install equals what istioctl renders', () => {
  test('there are cases to compare with', () => {
    expect(cases.length).toBeGreaterThanOrEqual(10);
  });

  test.each(cases.map((one) => [one.name, one] as const))('%s: object by object', (_name, { operator, expected }) => {
    const manifests = installManifests(resolveInstall(fromOperator([operator])));
    expect(differences(expected, withoutCrds(manifests.map((manifest) => manifest.object)))).toEqual([]);
  });

  test.each(cases.map((one) => [one.name, one] as const))('%s: by the command', (_name, { operatorFile, expected }) => {
    const documents = manifestText({ file: [operatorFile], set: [] }).split(/^---\n/m);
    const text = documents.filter((document) => !/^kind: CustomResourceDefinition$/m.test(document)).join('---\n');
    const { objects, issues } = readYaml(text);
    expect(issues).toEqual([]);
    expect(
      differences(
        expected,
        objects.map((read) => read.object),
      ),
    ).toEqual([]);
  });

  test.each(cases.map((one) => [one.name, one] as const))('%s: by the construct', (_name, { operator, expected }) => {
    const app = new App();
    const mesh = Mesh.fromOperator(app, 'mesh', [operator]);
    const objects = mesh.node.children.flatMap((chart) => Testing.synth(chart as never) as KubeObject[]);
    const istio = expected.map((object) => withoutNulls(object) as typeof object);
    expect(differences(istio, withoutCrds(objects))).toEqual([]);
  });

  test('a difference is reported by object and path', () => {
    const [first] = cases;
    const [object, ...rest] = first!.expected;
    const changed = { ...object, metadata: { ...(object!.metadata as object), labels: { app: 'other' } } };
    const found = differences(first!.expected, [changed, ...rest]);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((line) => line.startsWith(nameOf(object!)))).toBe(true);
    expect(differences(first!.expected, rest)).toEqual([`${nameOf(object!)}: missing`]);
    expect(differences(rest, first!.expected)).toEqual([`${nameOf(object!)}: extra`]);
  });
});
