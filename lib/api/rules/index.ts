import { checkDestinationRule } from './destination-rule';
import { checkGateway } from './gateway';
import { checkServiceEntry } from './service-entry';
import { checkSidecar } from './sidecar';
import { checkVirtualService } from './virtual-service';
import { checkAuthorizationPolicy } from './authorization-policy';
import { checkEnvoyFilter } from './envoy-filter';
import { checkPeerAuthentication } from './peer-authentication';
import { checkProxyConfig } from './proxy-config';
import { checkRequestAuthentication } from './request-authentication';
import { checkTelemetry } from './telemetry';
import { checkTrafficExtension, checkWasmPlugin } from './wasm';
import type { KindRules } from './webhook';
import { checkWorkloadEntry } from './workload-entry';
import { checkWorkloadGroup } from './workload-group';

/** The rules of each kind. */
export const KIND_RULES: Readonly<Record<string, KindRules>> = {
  AuthorizationPolicy: checkAuthorizationPolicy,
  EnvoyFilter: checkEnvoyFilter,
  PeerAuthentication: checkPeerAuthentication,
  ProxyConfig: checkProxyConfig,
  RequestAuthentication: checkRequestAuthentication,
  Telemetry: checkTelemetry,
  TrafficExtension: checkTrafficExtension,
  WasmPlugin: checkWasmPlugin,
  DestinationRule: checkDestinationRule,
  Gateway: checkGateway,
  ServiceEntry: checkServiceEntry,
  Sidecar: checkSidecar,
  VirtualService: checkVirtualService,
  WorkloadEntry: checkWorkloadEntry,
  WorkloadGroup: checkWorkloadGroup,
};
