/**
 * The order in which objects are applied, as numbers with room between them. Files, Argo CD sync waves, Flux
 * `dependsOn` and Pulumi's dependencies are all read off it; deletion runs the other way.
 */
export const PHASES = {
  namespace: 0,
  crd: 5,
  rbac: 10,
  config: 20,
  'control-plane': 30,
  webhook: 40,
  gateway: 50,
  workload: 60,
  'destination-rule': 70,
  route: 80,
  policy: 90,
} as const satisfies Record<string, number>;

/** A name of {@link PHASES}. */
export type Phase = keyof typeof PHASES;
