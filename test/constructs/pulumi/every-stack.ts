import { Mesh, type MeshApp } from '../../../constructs';
import { PROFILES, type ProfileName } from '../../../lib/install';
import { STACKS } from '../../../stacks';

/** Everything that this project synthesizes, and an install of each profile. */
export const EVERY_STACK: readonly { readonly name: string; readonly build: (app: MeshApp) => void }[] = [
  ...STACKS.map(({ name, build }) => ({ name, build: (app: MeshApp) => void build(app) })),
  ...(Object.keys(PROFILES) as ProfileName[]).map((profile) => ({
    name: `mesh-${profile}`,
    build: (app: MeshApp) => void new Mesh(app, 'mesh', { profile }),
  })),
];
