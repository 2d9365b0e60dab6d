import type { Construct } from 'constructs';
import { MeshService, type MeshServiceVersion } from '../constructs';

/** The queue between shipping and queue-master, with the exporter of its metrics beside it when an image is given. */
export function rabbitmq(
  scope: Construct,
  v1: MeshServiceVersion,
  exporterImage: string | undefined,
): MeshService<'v1'> {
  const queue = new MeshService(scope, 'rabbitmq', {
    ports: [
      { name: 'tcp-amqp', port: 5672, protocol: 'tcp' },
      { name: 'tcp-epmd', port: 4369, protocol: 'tcp' },
    ],
    versions: { v1 },
  });
  if (exporterImage !== undefined) {
    queue.deployment('v1').addContainer({
      name: 'exporter',
      image: exporterImage,
      ports: [{ name: 'http-metrics', number: 9090 }],
      resources: {},
      securityContext: { ensureNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
    });
  }
  return queue;
}
