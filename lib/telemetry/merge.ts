import type { AccessLogging, Metrics, TelemetrySpec, Tracing } from '../api';
import { contradiction, found, type Issue } from '../findings';
import { attachmentOf, describeTarget, type PolicyTarget } from '../targets';

/** What one construct wants of the telemetry of a target. */
export type TelemetryContribution = { readonly origin: string } & (
  | { readonly kind: 'logs'; readonly logs: AccessLogging }
  | { readonly kind: 'metrics'; readonly metrics: Metrics }
  | { readonly kind: 'traces'; readonly traces: Tracing }
);

/** The providers every mesh has without saying so. */
const BUILT_IN_PROVIDERS: readonly string[] = ['prometheus', 'stackdriver', 'envoy'];

/** The Telemetry of a target: in Istio one object per target, so all that is wanted of it goes into one. */
export function lowerTelemetry(target: PolicyTarget, wanted: readonly TelemetryContribution[]): TelemetrySpec {
  const inOrder = [...wanted].sort((a, b) => (a.origin < b.origin ? -1 : a.origin > b.origin ? 1 : 0));
  const accessLogging = inOrder.flatMap((one) => (one.kind === 'logs' ? [one.logs] : []));
  const metrics = inOrder.flatMap((one) => (one.kind === 'metrics' ? [one.metrics] : []));
  const tracing = inOrder.flatMap((one) => (one.kind === 'traces' ? [one.traces] : []));
  return {
    ...attachmentOf(target),
    ...(accessLogging.length > 0 ? { accessLogging } : {}),
    ...(metrics.length > 0 ? { metrics } : {}),
    ...(tracing.length > 0 ? { tracing } : {}),
  };
}

function providersOf(one: TelemetryContribution): readonly string[] {
  const { providers } = one.kind === 'logs' ? one.logs : one.kind === 'metrics' ? one.metrics : one.traces;
  return (providers ?? []).map(({ name }) => name);
}

/** Providers nobody defined, and second opinions on what has one. */
export function checkTelemetry(
  target: PolicyTarget,
  wanted: readonly TelemetryContribution[],
  meshProviders: readonly string[],
): Issue[] {
  const known = [...BUILT_IN_PROVIDERS, ...meshProviders];
  const issues: Issue[] = [];
  for (const one of wanted) {
    for (const name of providersOf(one).filter((provider) => !known.includes(provider))) {
      issues.push(found('unknown-provider', { name, known }, { origin: one.origin }));
    }
  }
  const traces = wanted.filter((one) => one.kind === 'traces');
  for (const other of traces.slice(1)) {
    const [first] = traces;
    if (first !== undefined) {
      issues.push(
        contradiction(
          `Tracing of ${describeTarget(target)} is set twice, and Istio takes one`,
          first,
          other,
          'Set it in one place.',
        ),
      );
    }
  }
  const logs = wanted.filter((one) => one.kind === 'logs');
  logs.forEach((one, index) => {
    const earlier = logs.slice(0, index).find((other) => sameStream(other, one));
    if (earlier !== undefined) {
      issues.push(
        contradiction(
          `Access logs of ${describeTarget(target)} go twice to the same provider, for the same side`,
          earlier,
          one,
          'Join the filters into one.',
        ),
      );
    }
  });
  return issues;
}

function sameStream(a: TelemetryContribution, b: TelemetryContribution): boolean {
  if (a.kind !== 'logs' || b.kind !== 'logs') return false;
  const side = (one: AccessLogging): string => one.match?.mode ?? 'CLIENT_AND_SERVER';
  const names = (one: TelemetryContribution): string => [...providersOf(one)].sort().join(',');
  return side(a.logs) === side(b.logs) && names(a) === names(b);
}
