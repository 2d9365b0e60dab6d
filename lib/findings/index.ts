export * from './contradiction';
export * from './did-you-mean';
export * from './follow-ups';
export * from './issue';
export * from './object-ref';
export * from './one-issue-per-place';
