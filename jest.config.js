/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/', '<rootDir>/test/package/'],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  moduleNameMapper: {
    '^istio-constructs$': '<rootDir>/constructs/index.ts',
    '^istio-constructs/api$': '<rootDir>/lib/api/index.ts',
    '^istio-constructs/analysis$': '<rootDir>/lib/analysis/index.ts',
    '^istio-constructs/pulumi$': '<rootDir>/constructs/pulumi/index.ts',
    '^istio-constructs/bookinfo$': '<rootDir>/bookinfo/index.ts',
    '^istio-constructs/sockshop$': '<rootDir>/sockshop/index.ts',
    '^istio-constructs/testing$': '<rootDir>/constructs/pulumi/testing/index.ts',
  },
  setupFiles: ['<rootDir>/test/seed-in-ci.ts'],
  maxWorkers: 2,
};
