export * from './gateway-workload';
export * from './policy-target';
export * from './principal';
export * from './service-workload';
export * from './unknown-workload';
export * from './workload';
