export { EnvoyPatches, type EnvoyPatchesProps } from './envoy-patches';
export { GlobalRateLimit, type GlobalRateLimitProps, LocalRateLimit, type LocalRateLimitProps } from './rate-limit';
