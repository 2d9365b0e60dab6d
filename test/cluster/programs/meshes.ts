import { Mesh, MeshApp, MeshChart, MeshService, type MeshProps } from 'istio-constructs';
import { PROFILES, type ProfileName } from '../../../lib/install';

/** An install alone. */
export function mesh(outdir: string, props: MeshProps): MeshApp {
  const app = new MeshApp({ outdir });
  new Mesh(app, 'mesh', props);
  return app;
}

/** A mesh with a revision and a tag beside all that can be switched on, and a service that follows the tag. */
export function meshWithEverything(outdir: string): MeshApp {
  const app = new MeshApp({ outdir });
  const revised = new Mesh(app, 'mesh', {
    revision: '1-30-3',
    tags: ['prod'],
    defaultRevision: true,
    networkPolicies: true,
    cni: true,
    ztunnel: true,
    ingress: [{ name: 'ingress-one' }, { name: 'ingress-two' }],
    egress: true,
    priorityClassName: 'system-cluster-critical',
    multiCluster: { network: 'network-1', meshId: 'mesh-1', clusterName: 'one' },
    pilot: { replicas: 3, traceSampling: 100, env: { PILOT_ENABLE_IP_AUTOALLOCATE: 'true' } },
    meshConfig: { accessLogFile: '/dev/stdout', outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
  });
  const shop = new MeshChart(app, 'shop', { mesh: revised, revisionTag: 'prod' });
  new MeshService(shop, 'web', { port: 80, versions: { v1: { image: 'example/web:1' } } });
  return app;
}

/** The profiles that install something. */
export const INSTALLING_PROFILES = (Object.keys(PROFILES) as ProfileName[]).filter((profile) => profile !== 'empty');
