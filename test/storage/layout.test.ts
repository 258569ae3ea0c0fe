import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clusterKey, historyKey, labelHash, partsOfAssessmentKey, runKeys, sealKey, seqOfHistoryKey, seqOfSealKey, stagedKey, stateKey } from '../../lambda/storage/layout.ts';
import { keyToPath } from '../../lambda/storage/object-key.ts';

const RUN = '01M7YB1BR00000000070707070'; // 2026-11-21T06:00Z

describe('keys', () => {
  test('lie where the architecture says', () => {
    expect(sealKey(7)).toBe('seals/000000000007.json');
    expect(historyKey('changes', 7, RUN)).toBe(`history/changes/dt=2026-11-21/000000000007-${RUN}.jsonl.gz`);
    expect(stagedKey(RUN, RUN, 7, 'state/x.json.gz')).toBe(`staged/${RUN}/${RUN}/000000000007/state/x.json.gz`);
    expect(runKeys.scope(RUN)).toBe(`runs/${RUN}/scope.json`);
    expect(stateKey('arn:aws:eks:eu-west-1:111122223333:cluster/Prod_EU')).toMatch(/^state\/prod-eu-[0-9a-f]{32}\.json\.gz$/);
  });

  test('a seal is known by its key, and nothing beside it is one', () => {
    expect(seqOfSealKey(sealKey(42))).toBe(42);
    for (const key of ['seals/000000000042.json.sig', 'seals/42.json', 'seals/00000000004x.json', 'x/seals/000000000042.json']) expect(seqOfSealKey(key)).toBeUndefined();
  });

  test('so is an object of the history', () => {
    expect(seqOfHistoryKey(historyKey('coverage', 42, RUN))).toBe(42);
    for (const key of ['history/changes/dt=2026-11-21/42-x.jsonl.gz', sealKey(42), 'history/changes/000000000042-x.jsonl.gz']) expect(seqOfHistoryKey(key)).toBeUndefined();
  });

  test('the key of an assessment tells where the state of its cluster lies, and of which target it was made', () => {
    const key = runKeys.assessment(RUN, 'arn:aws:eks:eu-west-1:111122223333:cluster/Prod_EU', 'prod');
    expect(partsOfAssessmentKey(key)).toEqual({ stateKey: stateKey('arn:aws:eks:eu-west-1:111122223333:cluster/Prod_EU'), labelHash: labelHash('prod') });
    expect(labelHash('prod')).not.toBe(labelHash('prod2'));
    for (const other of [`${key}.tmp`, runKeys.missed(RUN, 'prod'), stateKey('x'), key.replace('clusters/', 'clusters/x/')]) expect(partsOfAssessmentKey(other)).toBeUndefined();
  });

  test('whatever clusters and labels are called, keys are safe, short, apart, and the same under any case', () => {
    const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('', '..', '/', '../../etc', '\ud800', '\udfff', 'A', 'a', 'CON', 'é', '__proto__'));
    fc.assert(
      fc.property(name, name, (a, b) => {
        for (const key of [stateKey(a), runKeys.assessment(RUN, a, b), runKeys.missed(RUN, b)]) {
          expect(keyToPath(key)).toBe(key);
          expect(key.length).toBeLessThan(200);
        }
        expect(clusterKey(a)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(clusterKey(a) === clusterKey(b)).toBe(a === b);
      }),
      { numRuns: 500, seed: 2 },
    );
  });
});
