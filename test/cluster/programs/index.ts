import type { App } from 'cdk8s';
import { MeshApp } from 'istio-constructs';
import { STACKS } from '../../../stacks';
import { INSTALLING_PROFILES, mesh, meshWithEverything } from './meshes';
import { shop } from './shop';

/** Everything whose output must be accepted as it is, by name: what the project synthesizes, and programs of its own. */
export const PROGRAMS: readonly (readonly [string, (outdir: string) => App])[] = [
  ...STACKS.map(({ name, build }): readonly [string, (outdir: string) => App] => [
    name,
    (outdir) => {
      const app = new MeshApp({ outdir });
      build(app);
      return app;
    },
  ]),
  ['every traffic construct', (outdir) => shop(outdir)],
  ...INSTALLING_PROFILES.map((profile): readonly [string, (outdir: string) => App] => [
    `a mesh of profile ${profile}`,
    (outdir) => mesh(outdir, { profile }),
  ]),
  ['a mesh with everything switched on', meshWithEverything],
];
