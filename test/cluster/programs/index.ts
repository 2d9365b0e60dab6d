import { MeshApp } from 'istio-constructs';
import { installManifests, PROFILES, resolveInstall, type ProfileName } from '../../../lib/install';
import { inOrder, type KubeObject } from '../../../lib/manifest';
import { STACKS } from '../../../stacks';
import { synthesize } from '../synthesize';
import { shop } from './shop';

/** Everything whose output must be accepted as it is, by name. */
export const PROGRAMS: readonly (readonly [string, () => KubeObject[]])[] = [
  ...STACKS.map(({ name, build }): readonly [string, () => KubeObject[]] => [
    name,
    () =>
      synthesize((outdir) => {
        const app = new MeshApp({ outdir });
        build(app);
        return app;
      }),
  ]),
  ['every traffic construct', () => synthesize((outdir) => shop(outdir))],
  ...(Object.keys(PROFILES) as ProfileName[])
    .filter((profile) => profile !== 'empty')
    .map((profile): readonly [string, () => KubeObject[]] => [`a mesh of profile ${profile}`, () => mesh(profile)]),
];

function mesh(profile: ProfileName): KubeObject[] {
  const objects = inOrder(installManifests(resolveInstall({ profile }))).map(({ object }) => object);
  const namespaces = new Set(
    objects.flatMap(({ metadata: { namespace } }) => (namespace === undefined ? [] : [namespace])),
  );
  for (const name of ['default', 'kube-system']) namespaces.delete(name);
  return [...[...namespaces].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })), ...objects];
}
