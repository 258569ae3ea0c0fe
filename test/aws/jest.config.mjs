import base from '../../jest.config.mjs';

/** The tests against an emulator of AWS. A file starts an emulator of its own, and there are two cores: one file after the other. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/aws/**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/aws/(fake/|eks/read-token)'],
  collectCoverage: false,
  coverageThreshold: undefined,
};
