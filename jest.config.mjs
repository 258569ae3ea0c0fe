/** Tests run as ES modules; `npm test` passes the flag that Node needs for it. */
export const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    },
  ],
};

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/live/', '<rootDir>/test/aws/(?!fake/|eks/read-token)'],
  // Counted while the tests run anyway: a second run would take CI as long again.
  collectCoverage: process.env['EKSAMINER_COVERAGE'] === '1',
  collectCoverageFrom: ['lambda/**/*.ts'],
  coverageDirectory: 'coverage',
  coverageThreshold: { global: { lines: 90 } },
};
