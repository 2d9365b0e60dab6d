export * from './global-rate-limit';
export * from './local-rate-limit';
export * from './patch';
export * from './rate-issues';
