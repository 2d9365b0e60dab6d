import type { Construct } from 'constructs';
import type { Target } from '../security';
import { TelemetryConstruct } from './telemetry-construct';

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
