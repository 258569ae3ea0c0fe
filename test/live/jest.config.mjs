import base from '../../jest.config.mjs';

/** The tests against a real etcd and kube-apiserver. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/live/**/*.test.ts'],
  testPathIgnorePatterns: [],
  coverageThreshold: undefined,
};
