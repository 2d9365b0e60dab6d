export {
  AccessLogs,
  type AccessLogsProps,
  MetricsSettings,
  type MetricsSettingsProps,
  type TelemetrySide,
  Tracing,
  type TracingProps,
} from './telemetry';
