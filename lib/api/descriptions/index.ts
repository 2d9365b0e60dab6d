import { DESTINATION_WORDS } from './destinations';
import { EDGE_WORDS } from './edges';
import { POLICY_WORDS } from './policies';
import { ROUTING_WORDS } from './routing';
import type { ObjectWords } from './words';

/** What one field means, with unit and default. */
export interface FieldDescription {
  readonly text: string;
  /** What to use instead, where Istio keeps the field for old documents only. */
  readonly deprecated?: string;
}

const WORDS: ObjectWords = { ...ROUTING_WORDS, ...DESTINATION_WORDS, ...EDGE_WORDS, ...POLICY_WORDS };

/** Fields for old documents, and what to use instead. */
const DEPRECATED: Readonly<Record<string, string>> = {
  'HTTPRoute.mirrorPercent': 'Use mirrorPercentage.',
  'HTTPRoute.mirror_percent': 'Use mirrorPercentage.',
  'HTTPFaultDelay.percent': 'Use percentage.',
  'HTTPFaultDelay.exponentialDelay': 'Istio refuses it; use fixedDelay.',
  'HTTPFaultAbort.http2Error': 'Istio refuses it; use httpStatus or grpcStatus.',
  'CorsPolicy.allowOrigin': 'Use allowOrigins.',
  'ConsistentHashLB.minimumRingSize': 'Use ringHash.',
  'LoadBalancerSettings.warmupDurationSecs': 'Use warmup.',
  'OutlierDetection.consecutiveErrors': 'Use consecutive5xxErrors or consecutiveGatewayErrors.',
  'Port.targetPort': 'Istio refuses it here.',
  'SidecarPort.targetPort': 'Istio refuses it here.',
  'JWTRule.jwks_uri': 'Use jwksUri.',
  'AuthorizationPolicySpec.targetRef': 'Use targetRefs.',
  'RequestAuthenticationSpec.targetRef': 'Use targetRefs.',
  'TelemetrySpec.targetRef': 'Use targetRefs.',
  'WasmPluginSpec.targetRef': 'Use targetRefs.',
};

/** What an object is, in a sentence. */
export function describeObject(name: string): string | undefined {
  return WORDS[name]?.[''];
}

/** What a field of an object means. */
export function describeField(object: string, field: string): FieldDescription | undefined {
  const text = WORDS[object]?.[field];
  if (text === undefined) return undefined;
  const deprecated = DEPRECATED[`${object}.${field}`];
  return deprecated === undefined ? { text } : { text, deprecated };
}
