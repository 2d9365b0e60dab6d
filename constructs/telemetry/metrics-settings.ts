import type { Construct } from 'constructs';
import type { MetricsOverrides } from '../../lib/api';
import type { Target } from '../security';
import { TelemetryConstruct } from './telemetry-construct';

/** Properties of {@link MetricsSettings}. */
export interface MetricsSettingsProps {
  /**
   * Whose proxies it holds for.
   *
   * @default 'namespace' - those of the namespace of the chart
   */
  readonly target?: Target;
  /**
   * Providers it holds for.
   *
   * @default ['prometheus']
   */
  readonly providers?: readonly string[];
  /** Metrics to change: tags to add, change or remove, or to leave out whole. */
  readonly overrides: readonly MetricsOverrides[];
}

/**
 * Which metrics the proxies report, and with which tags.
 *
 * Becomes `metrics` of the target's Telemetry.
 * @see https://istio.io/latest/docs/tasks/observability/metrics/telemetry-api/
 */
export class MetricsSettings extends TelemetryConstruct {
  constructor(scope: Construct, id: string, props: MetricsSettingsProps) {
    const { providers = ['prometheus'], overrides } = props;
    super(scope, id, props.target, {
      kind: 'metrics',
      metrics: { providers: providers.map((name) => ({ name })), overrides },
    });
  }
}
