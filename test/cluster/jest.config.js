/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/cluster/start-lane.ts',
  globalTeardown: '<rootDir>/test/cluster/stop-lane.ts',
  testTimeout: 300_000,
  // One API server, and every file leaves it as it found it: one file at a time.
  maxWorkers: 1,
};
