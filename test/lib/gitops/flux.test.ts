import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layOut } from '../../../lib/output';
import type { FluxLayout } from '../../../lib/gitops';
import { writeYaml, writeYamlValue } from '../../../lib/manifest';
import { aMesh } from '../../support/objects-of-a-mesh';
import { kustomizeBinary } from './kustomize-binary';
import { FLUX, schemaProblems, read, type FluxKustomization, rollouts } from './delivery-objects';

describe('Flux', () => {
  const kustomizations = (manifests = aMesh(), layout = FLUX): FluxKustomization[] =>
    [...layOut(manifests, layout)].flatMap(([path, text]) =>
      /^flux\/\d/.test(path) ? (read(text) as FluxKustomization[]) : [],
    );

  test('each phase waits for the one before it', () => {
    const all = kustomizations();
    expect(
      all.map(({ metadata, spec }) => [metadata.name, spec.path, spec.dependsOn?.map((entry) => entry.name)]),
    ).toEqual([
      ['mesh-namespace', './prod/00-namespace', undefined],
      ['mesh-crd', './prod/05-crd', ['mesh-namespace']],
      ['mesh-rbac', './prod/10-rbac', ['mesh-crd']],
      ['mesh-config', './prod/20-config', ['mesh-rbac']],
      ['mesh-webhook', './prod/40-webhook', ['mesh-config']],
      ['mesh-gateway', './prod/50-gateway', ['mesh-webhook']],
      ['mesh-workload', './prod/60-workload', ['mesh-gateway']],
      ['mesh-destination-rule', './prod/70-destination-rule', ['mesh-workload']],
      ['mesh-route', './prod/80-route', ['mesh-destination-rule']],
      ['mesh-policy', './prod/90-policy', ['mesh-route']],
    ]);
    const paths = [...layOut(aMesh(), FLUX).keys()];
    for (const { spec } of all) expect(paths.some((path) => `./prod/${path}`.startsWith(`${spec.path}/`))).toBe(true);
  });

  test('definitions must be established and workloads ready before the next phase', () => {
    const all = kustomizations();
    expect(all.filter(({ spec }) => spec.wait === true).map(({ metadata }) => metadata.name)).toEqual([
      'mesh-namespace',
      'mesh-crd',
    ]);
    expect(all.flatMap(({ spec }) => spec.healthChecks ?? []).map((check) => check.name)).toEqual([
      'istiod',
      'fortio',
      'reviews-v1',
    ]);
  });

  test('a Git repository is a source as well', () => {
    const files = layOut(aMesh(), {
      layout: 'flux',
      source: { kind: 'GitRepository', url: 'ssh://git@example.com/shop', secretRef: 'key' },
    });
    expect(read(files.get('flux/source.yaml')!)[0]).toMatchObject({
      kind: 'GitRepository',
      spec: { url: 'ssh://git@example.com/shop', ref: { branch: 'main' }, secretRef: { name: 'key' } },
    });
  });

  test("sources and Kustomizations fit Flux's schema", () => {
    const git: FluxLayout = {
      layout: 'flux',
      source: { kind: 'GitRepository', url: 'https://git.example.com/shop.git' },
    };
    const objects = [FLUX, git].flatMap((layout) =>
      [...layOut([...aMesh(), ...rollouts()], layout)].flatMap(([path, text]) =>
        path.startsWith('flux/') ? read(text) : [],
      ),
    );
    expect(objects.length).toBeGreaterThan(20);
    expect(schemaProblems(objects)).toEqual([]);
  });

  const kustomize = kustomizeBinary();
  (kustomize === undefined ? test.skip : test)('what others own is not applied, as the real kustomize shows', () => {
    const manifests = [...aMesh(), ...rollouts()];
    const folder = mkdtempSync(join(tmpdir(), 'flux-'));
    const patches = kustomizations(manifests).flatMap(({ spec }) => spec.patches ?? []);
    writeFileSync(join(folder, 'all.yaml'), writeYaml(manifests.map((manifest) => manifest.object)));
    writeFileSync(join(folder, 'kustomization.yaml'), writeYamlValue({ resources: ['all.yaml'], patches }));
    const built = read(execFileSync(kustomize!, ['build', folder], { encoding: 'utf8' }));
    rmSync(folder, { recursive: true });
    const find = (kind: string, name: string) =>
      built.find((entry) => entry.kind === kind && entry.metadata.name === name)!;
    expect(find('Deployment', 'reviews-v1').spec).not.toHaveProperty('replicas');
    expect(find('Deployment', 'fortio').spec).toHaveProperty('replicas', 1);
    expect(find('ValidatingWebhookConfiguration', 'istio-validator-istio-system').webhooks).toEqual([
      expect.not.objectContaining({ failurePolicy: expect.anything() as unknown }),
    ]);
    const ssa = { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' };
    expect(find('VirtualService', 'ratings').metadata.annotations).toEqual(ssa);
    expect(find('VirtualService', 'ratings').spec).toEqual(rollouts()[2]!.object.spec);
    expect(find('VirtualService', 'reviews').metadata.annotations).toBeUndefined();
  });
});
