import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { manifestText } from '../../../lib/cli/manifest';
import { PHASES, phaseOfKind, readYaml, type KubeObject } from '../../../lib/manifest';
import { container, names, one, refusals } from '../install/render';

const folder = mkdtempSync(join(tmpdir(), 'manifest-'));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The objects of a text; CRDs are long and no part of these tests. */
function objectsOf(text: string): KubeObject[] {
  const documents = text.split(/^---\n/m).filter((document) => !/^kind: CustomResourceDefinition$/m.test(document));
  return readYaml(documents.join('---\n')).objects.map((read) => read.object);
}

describe('istio-constructs manifest', () => {
  test('prints the default profile when nothing is said, in the order of application', () => {
    const objects = objectsOf(manifestText({ file: [], set: [] }));
    expect(names(objects)).toContain('Deployment istiod');
    const phases = objects.map(({ apiVersion, kind }) => PHASES[phaseOfKind(apiVersion, kind)]);
    const early = phases.filter((phase) => phase <= PHASES.config);
    expect(phases.slice(0, early.length)).toEqual([...early].sort((a, b) => a - b));
  });

  test('merges files in order, then flags, and a profile goes before theirs', () => {
    const one_ = file('one.yaml', 'kind: IstioOperator\nspec:\n  profile: demo\n  hub: a\n  tag: 1.29.6\n');
    const two = file('two.yaml', 'kind: IstioOperator\nspec:\n  hub: b\n');
    const objects = objectsOf(
      manifestText({ file: [one_, two], set: ['values.global.logAsJson=true', 'hub=c'], profile: 'minimal' }),
    );
    expect(container(objects, 'Deployment', 'istiod').image).toBe('c/pilot:1.29.6');
    expect(container(objects, 'Deployment', 'istiod').args).toContain('--log_as_json');
    expect(names(objects).filter((name) => /gateway$/.test(name) && name.startsWith('Deployment'))).toEqual([]);
  });

  test.each([
    ['argo-cd', 'Application'],
    ['flux', 'HelmRelease'],
    ['istio-operator', 'IstioOperator'],
    ['sail', 'Istio'],
  ] as const)('prints the install as %s has it', (as, kind) => {
    const objects = objectsOf(manifestText({ file: [], set: [], as }));
    expect(objects.map((object) => object.kind)).toContain(kind);
  });

  test('prints the values of the charts, each under the command that installs it', () => {
    const text = manifestText({ file: [], set: ['values.pilot.traceSampling=5'], profile: 'minimal', as: 'helm' });
    const [base, istiod, ...others] = text.split('---\n');
    expect(others).toEqual([]);
    expect(base).toMatch(/^# helm upgrade --install istio-base oci:\/\/\S+\/base --version 1\.30\.3 /);
    expect(readYaml(istiod!).others[0]!.value).toMatchObject({ pilot: { traceSampling: 5 } });
  });

  test('an IstioOperator file it printed makes the same objects again', () => {
    const printed = manifestText({
      file: [],
      set: ['meshConfig.accessLogFile=/x'],
      profile: 'demo',
      as: 'istio-operator',
    });
    const again = objectsOf(manifestText({ file: [file('printed.yaml', printed)], set: [] }));
    const first = objectsOf(manifestText({ file: [], set: ['meshConfig.accessLogFile=/x'], profile: 'demo' }));
    expect(one(again, 'ConfigMap', 'istio')).toEqual(one(first, 'ConfigMap', 'istio'));
    expect(names(again)).toEqual(names(first));
  });

  test('refuses a file with several documents, and one that is no YAML', () => {
    const several = file('several.yaml', 'kind: IstioOperator\n---\nkind: IstioOperator\n');
    expect(refusals(() => manifestText({ file: [several], set: [] }))).toMatchObject([
      { code: 'not-an-istio-operator', origin: several },
    ]);
    expect(refusals(() => manifestText({ file: [file('bad.yaml', 'a: [')], set: [] })).length).toBeGreaterThan(0);
  });

  test('the process prints objects to the output, and what is wrong beside it', () => {
    const run = (...args: readonly string[]) =>
      spawnSync(
        process.execPath,
        ['--import', 'tsx', resolve(__dirname, '../../../lib/cli/main.ts'), 'manifest', ...args],
        {
          encoding: 'utf8',
          cwd: resolve(__dirname, '../../..'),
        },
      );
    const good = run('--profile', 'minimal', '--set', 'components.pilot.k8s.podDisruptionBudget.maxUnavailable=1');
    expect(good.status).toBe(0);
    expect(names(objectsOf(good.stdout))).toContain('Deployment istiod');
    expect(good.stderr).toContain('setting-without-effect');
    const bad = run('--set', 'values.global.proxyy=1');
    expect(bad).toMatchObject({ status: 1, stdout: '' });
    expect(bad.stderr).toContain('Did you mean "proxy"?');
  });
});
