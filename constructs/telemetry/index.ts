export { AccessLogs, type AccessLogsProps, type TelemetrySide } from './access-logs';
export { MetricsSettings, type MetricsSettingsProps } from './metrics-settings';
export { Tracing, type TracingProps } from './tracing';
