import { MeshApp } from 'istio-constructs';
import { STACKS } from '../../../stacks';
import type { Program } from '../synthesize';
import { shop } from './shop';

/** Everything whose output must be accepted as it is, by name: what the project synthesizes, and a program of its own. */
export const PROGRAMS: readonly (readonly [string, Program])[] = [
  ...STACKS.map(({ name, build }): readonly [string, Program] => [
    name,
    (outdir) => {
      const app = new MeshApp({ outdir });
      build(app);
      return app;
    },
  ]),
  ['every traffic construct', (outdir) => shop(outdir)],
];
