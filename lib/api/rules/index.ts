/* eslint-disable @typescript-eslint/no-require-imports -- a program pays for the rules of the kinds it has, and no others */
import type * as AuthorizationPolicy from './authorization-policy';
import type * as DestinationRule from './destination-rule';
import type * as EnvoyFilter from './envoy-filter';
import type * as Gateway from './gateway';
import type * as PeerAuthentication from './peer-authentication';
import type * as ProxyConfig from './proxy-config';
import type * as RequestAuthentication from './request-authentication';
import type * as ServiceEntry from './service-entry';
import type * as Sidecar from './sidecar';
import type * as Telemetry from './telemetry';
import type * as VirtualService from './virtual-service';
import type * as Wasm from './wasm';
import type * as WorkloadEntry from './workload-entry';
import type * as WorkloadGroup from './workload-group';
import type { KindRules } from './rule-context';

const LOADERS: Readonly<Record<string, () => KindRules>> = {
  AuthorizationPolicy: () => (require('./authorization-policy') as typeof AuthorizationPolicy).checkAuthorizationPolicy,
  DestinationRule: () => (require('./destination-rule') as typeof DestinationRule).checkDestinationRule,
  EnvoyFilter: () => (require('./envoy-filter') as typeof EnvoyFilter).checkEnvoyFilter,
  Gateway: () => (require('./gateway') as typeof Gateway).checkGateway,
  PeerAuthentication: () => (require('./peer-authentication') as typeof PeerAuthentication).checkPeerAuthentication,
  ProxyConfig: () => (require('./proxy-config') as typeof ProxyConfig).checkProxyConfig,
  RequestAuthentication: () =>
    (require('./request-authentication') as typeof RequestAuthentication).checkRequestAuthentication,
  ServiceEntry: () => (require('./service-entry') as typeof ServiceEntry).checkServiceEntry,
  Sidecar: () => (require('./sidecar') as typeof Sidecar).checkSidecar,
  Telemetry: () => (require('./telemetry') as typeof Telemetry).checkTelemetry,
  TrafficExtension: () => (require('./wasm') as typeof Wasm).checkTrafficExtension,
  VirtualService: () => (require('./virtual-service') as typeof VirtualService).checkVirtualService,
  WasmPlugin: () => (require('./wasm') as typeof Wasm).checkWasmPlugin,
  WorkloadEntry: () => (require('./workload-entry') as typeof WorkloadEntry).checkWorkloadEntry,
  WorkloadGroup: () => (require('./workload-group') as typeof WorkloadGroup).checkWorkloadGroup,
};

const loaded = new Map<string, KindRules | undefined>();

/** The rules of a kind, loaded when its first object is met. */
export function kindRules(kind: string): KindRules | undefined {
  if (!loaded.has(kind)) loaded.set(kind, Object.hasOwn(LOADERS, kind) ? LOADERS[kind]?.() : undefined);
  return loaded.get(kind);
}
