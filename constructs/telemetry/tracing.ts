import type { Construct } from 'constructs';
import type { CustomTag } from '../../lib/api';
import type { Target } from '../security';
import { TelemetryConstruct } from './telemetry-construct';

/** Properties of {@link Tracing}. */
export interface TracingProps {
  /**
   * Whose proxies trace.
   *
   * @default 'namespace' - those of the namespace of the chart
   */
  readonly target?: Target;
  /** The extension provider of the mesh that takes the spans. */
  readonly provider: string;
  /**
   * Percent of the requests that begin a trace, fractions included.
   *
   * @default 1
   */
  readonly samplingPercent?: number;
  /**
   * Tags of the spans: fixed texts, environment variables, request headers.
   *
   * @default - Istio's own
   */
  readonly customTags?: Readonly<Record<string, CustomTag>>;
  /**
   * Whether spans are reported at all.
   *
   * @default false
   */
  readonly disableSpanReporting?: boolean;
}

/**
 * Spans of the requests that go through the proxies. A trace only holds together when the programs hand the headers on.
 *
 * Becomes `tracing` of the target's Telemetry.
 * @see https://istio.io/latest/docs/tasks/observability/distributed-tracing/telemetry-api/
 */
export class Tracing extends TelemetryConstruct {
  constructor(scope: Construct, id: string, props: TracingProps) {
    const { provider, samplingPercent = 1, customTags, disableSpanReporting } = props;
    super(scope, id, props.target, {
      kind: 'traces',
      traces: {
        providers: [{ name: provider }],
        randomSamplingPercentage: samplingPercent,
        ...(customTags === undefined ? {} : { customTags }),
        ...(disableSpanReporting === undefined ? {} : { disableSpanReporting }),
      },
    });
  }
}
