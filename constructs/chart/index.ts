export { type Injection, MeshChart, type MeshChartProps, withoutForeignNamespace } from './mesh-chart';
export { PodInjection, type PodInjectionProps } from './pod-injection';
export { proxyConfigsAmong } from './proxy-configs';
export type { Scenario } from './scenario';
