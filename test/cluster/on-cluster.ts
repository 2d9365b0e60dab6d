import { Client } from './client';
import type { Connection } from './connection';

/** `describe` where there is an API server; `describe.skip` where there is none, and the lane has said why. */
export const onCluster: jest.Describe = process.env['CLUSTER_CONNECTION'] === undefined ? describe.skip : describe;

/** A client of the lane's API server for the tests of one `describe`; made when first used, closed after the last. */
export function withClient(): () => Client {
  let client: Client | undefined;
  afterAll(() => {
    client?.close();
  });
  return () => (client ??= clusterClient());
}

function clusterClient(): Client {
  const connection = process.env['CLUSTER_CONNECTION'];
  if (connection === undefined) throw new Error('run with jest --config test/cluster/jest.config.js');
  return new Client(JSON.parse(connection) as Connection);
}
