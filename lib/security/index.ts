export * from './access-policy';
export * from './access-rule';
export * from './call-graph';
export * from './evaluate';
export * from './jwt';
export * from './mutual-tls';
