import { Mesh } from 'istio-constructs';
import type { Stack } from './stack';
import { synthesizeAll } from './synth';

/** The whole mesh: what `istioctl install` puts into a cluster. */
export const mesh: Stack = {
  name: 'mesh',
  about: 'The mesh itself: CRDs, control plane and ingress gateway.',
  build: (app) => new Mesh(app, 'mesh', { profile: 'default', meshConfig: { accessLogFile: '/dev/stdout' } }),
};

if (require.main === module) synthesizeAll([mesh]);
