import { Chart, Lazy } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { CustomTag, MetricsOverrides, TelemetrySpec } from '../../lib/api';
import { targetKey, type PolicyTarget } from '../../lib/security';
import { checkTelemetry, lowerTelemetry, type TelemetryContribution } from '../../lib/telemetry';
import { addCheck } from '../tree';
import { Telemetry } from '../api';
import { MeshChart } from '../chart';
import { nameOfTarget, targetOf, type Target } from '../security';

const owners = new WeakMap<IConstruct, Map<string, TelemetryOwner>>();

/** The one owner of a target's Telemetry, for Istio takes one object per target and ignores a second. */
class TelemetryOwner extends Construct {
  private readonly wanted: TelemetryContribution[] = [];

  constructor(scope: Construct, id: string, target: PolicyTarget) {
    super(scope, id);
    new Telemetry(this, 'telemetry', {
      metadata: { name: nameOfTarget(target), namespace: target.namespace },
      spec: Lazy.any({ produce: () => lowerTelemetry(target, this.wanted) }) as unknown as TelemetrySpec,
    });
    const providers = MeshChart.meshOf(this)?.settings.extensionProviders ?? [];
    addCheck(this, () => checkTelemetry(target, this.wanted, providers));
  }

  static of(scope: Construct, target: PolicyTarget): TelemetryOwner {
    const known = owners.get(scope.node.root) ?? new Map<string, TelemetryOwner>();
    owners.set(scope.node.root, known);
    const key = targetKey(target);
    const owner = known.get(key) ?? new TelemetryOwner(Chart.of(scope), `telemetry ${key}`, target);
    known.set(key, owner);
    return owner;
  }

  contribute(contribution: TelemetryContribution): void {
    this.wanted.push(contribution);
  }
}

type Wanted = TelemetryContribution extends infer T ? (T extends unknown ? Omit<T, 'origin'> : never) : never;

abstract class TelemetryConstruct extends Construct {
  protected constructor(scope: Construct, id: string, target: Target | undefined, wanted: Wanted) {
    super(scope, id);
    const owner = TelemetryOwner.of(this, targetOf(this, target ?? 'namespace'));
    owner.contribute({ ...wanted, origin: this.node.path } as TelemetryContribution);
  }
}

/** Which of the two proxies of a request reports. */
export type TelemetrySide = 'CLIENT' | 'SERVER' | 'CLIENT_AND_SERVER';

/** Properties of {@link AccessLogs}. */
export interface AccessLogsProps {
  /**
   * Whose proxies log: a service, a namespace, the mesh.
   *
   * @default 'namespace' - those of the namespace of the chart
   */
  readonly target?: Target;
  /**
   * Where the lines go: names of extension providers of the mesh; `envoy` writes to standard output. Their format is the
   * provider's.
   *
   * @default ['envoy']
   */
  readonly providers?: readonly string[];
  /**
   * Which requests are logged, as a CEL expression: `response.code >= 400`.
   *
   * @default - all
   */
  readonly filter?: string;
  /**
   * Which proxy of a request logs it.
   *
   * @default - both
   */
  readonly side?: TelemetrySide;
  /**
   * Switches logs off that a wider target has on.
   *
   * @default false
   */
  readonly disabled?: boolean;
}

/**
 * A line per request.
 *
 * Becomes `accessLogging` of the target's Telemetry.
 * @see https://istio.io/latest/docs/tasks/observability/logs/telemetry-api/
 */
export class AccessLogs extends TelemetryConstruct {
  constructor(scope: Construct, id: string, props: AccessLogsProps = {}) {
    const { providers = ['envoy'], filter, side, disabled } = props;
    super(scope, id, props.target, {
      kind: 'logs',
      logs: {
        providers: providers.map((name) => ({ name })),
        ...(filter === undefined ? {} : { filter: { expression: filter } }),
        ...(side === undefined ? {} : { match: { mode: side } }),
        ...(disabled === undefined ? {} : { disabled }),
      },
    });
  }
}

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
