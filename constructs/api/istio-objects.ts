import type { Construct } from 'constructs';
import type {
  AuthorizationPolicySpec,
  DestinationRuleSpec,
  EnvoyFilterSpec,
  GatewaySpec,
  PeerAuthenticationSpec,
  ProxyConfigSpec,
  RequestAuthenticationSpec,
  ServiceEntrySpec,
  SidecarSpec,
  TelemetrySpec,
  TrafficExtensionSpec,
  VirtualServiceSpec,
  WasmPluginSpec,
  WorkloadEntrySpec,
  WorkloadGroupSpec,
} from '../../lib/api';
import { IstioObject, isKind, type IstioObjectProps } from './istio-object';

/**
 * Routes for hosts: which requests go where, and what happens to them on the way. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends IstioObject<VirtualServiceSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<VirtualServiceSpec>) {
    super(scope, id, 'VirtualService', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is VirtualService {
    return isKind(value, 'VirtualService');
  }
}

/**
 * Policies for a host: subsets, connection pools, load balancing, ejection, TLS. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends IstioObject<DestinationRuleSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<DestinationRuleSpec>) {
    super(scope, id, 'DestinationRule', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is DestinationRule {
    return isKind(value, 'DestinationRule');
  }
}

/**
 * Ports and hosts that a gateway proxy listens on. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class Gateway extends IstioObject<GatewaySpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<GatewaySpec>) {
    super(scope, id, 'Gateway', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is Gateway {
    return isKind(value, 'Gateway');
  }
}

/**
 * A host that the mesh knows although no Kubernetes Service stands for it. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ServiceEntry extends IstioObject<ServiceEntrySpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<ServiceEntrySpec>) {
    super(scope, id, 'ServiceEntry', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is ServiceEntry {
    return isKind(value, 'ServiceEntry');
  }
}

/**
 * What a proxy listens to and which hosts it is told of. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class Sidecar extends IstioObject<SidecarSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<SidecarSpec>) {
    super(scope, id, 'Sidecar', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is Sidecar {
    return isKind(value, 'Sidecar');
  }
}

/**
 * One workload outside Kubernetes. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-entry/
 */
export class WorkloadEntry extends IstioObject<WorkloadEntrySpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<WorkloadEntrySpec>) {
    super(scope, id, 'WorkloadEntry', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is WorkloadEntry {
    return isKind(value, 'WorkloadEntry');
  }
}

/**
 * The template that workloads outside Kubernetes register with. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-group/
 */
export class WorkloadGroup extends IstioObject<WorkloadGroupSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<WorkloadGroupSpec>) {
    super(scope, id, 'WorkloadGroup', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is WorkloadGroup {
    return isKind(value, 'WorkloadGroup');
  }
}

/**
 * Changes to the Envoy configuration that no other kind can express. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 */
export class EnvoyFilter extends IstioObject<EnvoyFilterSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<EnvoyFilterSpec>) {
    super(scope, id, 'EnvoyFilter', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is EnvoyFilter {
    return isKind(value, 'EnvoyFilter');
  }
}

/**
 * Settings of the proxies of some workloads. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/proxy-config/
 */
export class ProxyConfig extends IstioObject<ProxyConfigSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<ProxyConfigSpec>) {
    super(scope, id, 'ProxyConfig', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is ProxyConfig {
    return isKind(value, 'ProxyConfig');
  }
}

/**
 * Who may send which requests to a workload. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AuthorizationPolicy extends IstioObject<AuthorizationPolicySpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<AuthorizationPolicySpec>) {
    super(scope, id, 'AuthorizationPolicy', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is AuthorizationPolicy {
    return isKind(value, 'AuthorizationPolicy');
  }
}

/**
 * Whether workloads take plain connections, mutual TLS, or both. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class PeerAuthentication extends IstioObject<PeerAuthenticationSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<PeerAuthenticationSpec>) {
    super(scope, id, 'PeerAuthentication', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is PeerAuthentication {
    return isKind(value, 'PeerAuthentication');
  }
}

/**
 * Which JSON Web Tokens of end users are valid. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
 */
export class RequestAuthentication extends IstioObject<RequestAuthenticationSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<RequestAuthenticationSpec>) {
    super(scope, id, 'RequestAuthentication', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is RequestAuthentication {
    return isKind(value, 'RequestAuthentication');
  }
}

/**
 * Metrics, access logs and traces of some workloads. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 */
export class Telemetry extends IstioObject<TelemetrySpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<TelemetrySpec>) {
    super(scope, id, 'Telemetry', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is Telemetry {
    return isKind(value, 'Telemetry');
  }
}

/**
 * A WebAssembly module in the proxies of some workloads. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/wasm-plugin/
 */
export class WasmPlugin extends IstioObject<WasmPluginSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<WasmPluginSpec>) {
    super(scope, id, 'WasmPlugin', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is WasmPlugin {
    return isKind(value, 'WasmPlugin');
  }
}

/**
 * A Wasm or Lua filter in the proxies of some workloads. The specification is Istio's own, whole.
 *
 * @see https://istio.io/latest/docs/reference/config/extensions/traffic-extension/
 */
export class TrafficExtension extends IstioObject<TrafficExtensionSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<TrafficExtensionSpec>) {
    super(scope, id, 'TrafficExtension', props);
  }

  static override [Symbol.hasInstance](value: unknown): value is TrafficExtension {
    return isKind(value, 'TrafficExtension');
  }
}
