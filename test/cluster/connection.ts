import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/** Where an API server is and how to be let in; plain JSON, because it travels from the lane's start to its tests. */
export interface Connection {
  readonly url: string;
  readonly ca?: string;
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Set for a bare server of the lane's own: no controllers, so nothing runs and nobody finishes a namespace. */
  readonly isBare: boolean;
}

interface KubeConfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly {
    readonly name: string;
    readonly context: { readonly cluster: string; readonly user: string };
  }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: Readonly<Record<string, string>> }[];
  readonly users?: readonly { readonly name: string; readonly user: Readonly<Record<string, string>> }[];
}

/** The connection of a kubeconfig's current context; logins by plugin are beyond a test lane. */
export function connectionOf(path: string): Connection {
  const config = parse(readFileSync(path, 'utf8')) as KubeConfig;
  const context = config.contexts?.find(({ name }) => name === config['current-context'])?.context;
  const cluster = config.clusters?.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users?.find(({ name }) => name === context?.user)?.user ?? {};
  const url = cluster?.['server'];
  if (cluster === undefined || url === undefined) throw new Error(`${path} has no cluster for its current context`);
  const read = (holder: Readonly<Record<string, string>>, field: string): string | undefined => {
    const data = holder[`${field}-data`];
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
    const file = holder[field];
    return file === undefined ? undefined : readFileSync(resolve(dirname(path), file), 'utf8');
  };
  const ca = read(cluster, 'certificate-authority');
  const cert = read(user, 'client-certificate');
  const key = read(user, 'client-key');
  const token = user['token'];
  if (token === undefined && cert === undefined) {
    throw new Error(`${path} logs in neither by token nor by client certificate, the two ways this lane knows`);
  }
  return {
    url,
    isBare: false,
    ...(ca === undefined ? {} : { ca }),
    ...(token === undefined ? {} : { token }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
