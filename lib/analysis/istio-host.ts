import type { KubeObject } from '../manifest';

/** True for an object of this kind of Istio's networking API. */
export const isNetworking = ({ apiVersion, kind }: KubeObject, of: string): boolean =>
  kind === of && apiVersion.startsWith('networking.istio.io/');

/** The host a name stands for: undotted names are completed with the namespace they stand in, all others are whole. */
export function wholeHost(host: string, namespace: string | undefined, domain: string): string {
  return host.includes('.') || host === '*' ? host : `${host}.${namespace ?? 'default'}.svc.${domain}`;
}
