import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { labelsOf } from '../../../lambda/discover/eks/labels.ts';

const cluster = fc.record({ account: fc.constantFrom('111122223333', '444455556666'), region: fc.constantFrom('eu-west-1', 'us-east-1'), name: fc.stringMatching(/^[ab][ab-]?$/) });
const clusters = fc.uniqueArray(cluster, { selector: ({ account, region, name }) => `${account} ${region} ${name}` });

test('no two clusters are called alike, and a name that is one cluster’s alone is its label', () => {
  fc.assert(
    fc.property(clusters, (all) => {
      const labels = labelsOf(all);
      expect(new Set(labels).size).toBe(all.length);
      for (const [index, { account, region, name }] of all.entries()) {
        const alone = all.filter((other) => other.name === name).length === 1;
        expect(labels[index]).toBe(alone ? name : `${account}/${region}/${name}`);
      }
    }),
  );
});
