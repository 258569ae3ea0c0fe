import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answersOf } from '../../../../scripts/vectors/network.ts';
import { judgePacket, type Packet } from './judge-packet.ts';
import { randomCluster } from './random-cluster.ts';

/** `RANDOM_CLUSTERS=20000 npm test -- random-clusters` looks at more, which takes minutes. */
const CLUSTERS = Number(process.env['RANDOM_CLUSTERS'] ?? 500);

test(
  'the engine lets through what asking each policy about each packet lets through',
  () => {
    fc.assert(
      fc.property(randomCluster, fc.boolean(), fc.boolean(), ({ objects, packets }, ipBlockOnPods, baselineInOtherDirection) => {
        const conventions = { ipBlockOnPods, baselineInOtherDirection };
        const answers = answersOf({ objects, probes: packets }, conventions);
        const wrong = packets.flatMap((packet: Packet, i) => (answers[i] === judgePacket(objects, packet, conventions) ? [] : [{ packet, engine: answers[i] }]));
        expect(wrong).toEqual([]);
      }),
      { numRuns: CLUSTERS },
    );
  },
  Math.max(60_000, CLUSTERS * 100),
);
