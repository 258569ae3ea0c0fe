import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assess } from '../../lambda/assess/assess.ts';
import { snapshotOf } from '../snapshot-of.ts';
import { junkSources } from './junk-plan.ts';

test('no check fails on values of the wrong type', () => {
  fc.assert(
    fc.property(junkSources, (sources) => {
      const { outcomes } = assess({ ...snapshotOf({}), sources });
      expect(outcomes.filter(({ outcome }) => outcome === 'error').map(({ reason }) => reason)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('a fact that cannot be derived costs its own checks and no others', () => {
  const snapshot = snapshotOf({ apiServices: [{ metadata: { name: 'v1.example' }, spec: { groupPriorityMinimum: 1, versionPriority: 1, insecureSkipTLSVerify: true, service: { namespace: 'a', name: 'b' } } }] });
  // No reader lets a list through that holds no objects.
  const broken = assess({ ...snapshot, sources: { ...snapshot.sources, deployments: { ok: true, value: [null] as never } } });
  expect(broken.workloads).toBeUndefined();
  expect(broken.outcomes.find(({ check }) => check === 'privileged-container')?.outcome).toBe('error');
  expect(broken.outcomes.find(({ check }) => check === 'api-service-unverified-backend')?.outcome).toBe('fail');
});
