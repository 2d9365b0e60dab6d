import { connectionOf, type Connection } from './connection';
import { findBinaries } from './find-binaries';
import { startServer, type Server } from './start-server';

let server: Server | undefined;

/** Before all files of the lane: an API server for them, or the reason why there is none. */
export default async function startLane(): Promise<void> {
  const kubeconfig = process.env['KUBECONFIG'];
  if (kubeconfig !== undefined && kubeconfig !== '') {
    announce(connectionOf(kubeconfig));
    return;
  }
  const binaries = findBinaries();
  if ('missing' in binaries) {
    process.env['CLUSTER_SKIPPED'] = binaries.missing;
    process.stdout.write(`skipped: ${binaries.missing}\n`);
    return;
  }
  const started = Date.now();
  server = await startServer(binaries);
  process.stdout.write(
    `an API server at ${server.connection.url}, after ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stopLane().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
    });
  }
  announce(server.connection);
}

/** After all files: ends what {@link startLane} started. */
export async function stopLane(): Promise<void> {
  const stopping = server;
  server = undefined;
  await stopping?.stop();
}

function announce(connection: Connection): void {
  process.env['CLUSTER_CONNECTION'] = JSON.stringify(connection);
}
