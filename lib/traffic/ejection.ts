/**
 * How many of `endpoints` hosts outlier detection may take out at once. Envoy rounds down, so with the default of 10 %
 * nothing is ever ejected from fewer than ten endpoints.
 * Source: Envoy's outlier detector since "at least one host" was dropped; observed at 49/50 % of 2 and 33/34 % of 3.
 */
export function ejectable(endpoints: number, maxEjectionPercent: number): number {
  return Math.floor((endpoints * maxEjectionPercent) / 100);
}

/** The smallest `maxEjectionPercent` at which one of `endpoints` hosts can be ejected at all, never under Istio's 10. */
export function leastEjectionPercent(endpoints: number): number {
  return Math.max(10, Math.ceil(100 / Math.max(1, endpoints)));
}
