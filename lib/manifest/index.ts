export * from './did-you-mean';
export * from './issue';
export * from './late';
export * from './manifest';
export * from './phase';
export * from './read-yaml';
export * from './scope';
export * from './write-yaml';
