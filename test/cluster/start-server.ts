import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from './client';
import type { Connection } from './connection';
import { startLeashed, type Leashed } from './leash';

/** A running API server of one's own. */
export interface Server {
  readonly connection: Connection;
  /** Ends both programs and removes the folder. */
  readonly stop: () => Promise<void>;
}

/** Starts etcd and kube-apiserver on free loopback ports with everything they write in one temporary folder. */
export async function startServer(binaries: { readonly etcd: string; readonly apiServer: string }): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-cluster-'));
  const running: Leashed[] = [];
  const stop = async (): Promise<void> => {
    // The API server first: it complains at length about an etcd that is gone.
    for (const program of running.reverse()) await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [client, peer, secure] = await freePorts(3);
    const etcd = `http://127.0.0.1:${client}`;
    running.push(
      startLeashed(binaries.etcd, etcdFlags(folder, etcd, `http://127.0.0.1:${peer}`), join(folder, 'etcd.log')),
    );
    const token = randomBytes(16).toString('hex');
    writeFileSync(join(folder, 'tokens'), `${token},admin,1,"system:masters"\n`, { mode: 0o600 });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    mkdirSync(join(folder, 'certs'));
    const apiServer = startLeashed(
      binaries.apiServer,
      apiServerFlags(folder, etcd, secure),
      join(folder, 'kube-apiserver.log'),
    );
    running.push(apiServer);
    const connection = await whenReady(folder, `https://127.0.0.1:${secure}`, token, apiServer);
    return { connection, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function etcdFlags(folder: string, client: string, peer: string): string[] {
  return [
    ['--data-dir', join(folder, 'etcd')],
    ['--listen-client-urls', client],
    ['--advertise-client-urls', client],
    ['--listen-peer-urls', peer],
    ['--initial-advertise-peer-urls', peer],
    ['--initial-cluster', `default=${peer}`],
  ].flat();
}

function apiServerFlags(folder: string, etcd: string, port: number | undefined): string[] {
  const key = join(folder, 'sa.key');
  return [
    `--etcd-servers=${etcd}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${join(folder, 'certs')}`,
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--token-auth-file=${join(folder, 'tokens')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.96.0.0/16',
    // Nobody makes the default service accounts of namespaces here, and pods are not what this lane is about.
    '--disable-admission-plugins=ServiceAccount',
  ];
}

async function whenReady(folder: string, url: string, token: string, server: Leashed): Promise<Connection> {
  let hasEnded = false;
  void server.ended.then(() => (hasEnded = true));
  for (const until = Date.now() + 120_000; Date.now() < until; await pause(100)) {
    if (hasEnded) break;
    try {
      // The server signs its own certificate on its first start; the file holds all there is to trust.
      const ca = readFileSync(join(folder, 'certs', 'apiserver.crt'), 'utf8');
      const connection: Connection = { url, ca, token, isBare: true };
      const client = new Client(connection);
      const { status } = await client.request('GET', '/readyz');
      client.close();
      if (status === 200) return connection;
    } catch {
      // Not there yet.
    }
  }
  const log = readFileSync(join(folder, 'kube-apiserver.log'), 'utf8').trim().split('\n').slice(-15).join('\n');
  throw new Error(`kube-apiserver did not become ready; its last words:\n${log}`);
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((done, failed) => {
        server.once('error', failed).listen(0, '127.0.0.1', () => {
          done(server);
        });
      });
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a port was expected');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
