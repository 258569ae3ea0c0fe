import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clusterOf } from '../../../../scripts/vectors/network.ts';
import { randomCluster } from './random-cluster.ts';

test('what the reasons let through is what is let through, and they leave no port out', () => {
  fc.assert(
    fc.property(randomCluster, fc.boolean(), fc.boolean(), fc.boolean(), ({ objects, packets }, baselineInOtherDirection, denyUnselected, denyUnisolated) => {
      const { reachability, endpoints } = clusterOf({ objects, probes: packets }, { ipBlockOnPods: true, baselineInOtherDirection, denyUnselected, denyUnisolated });
      const { classes, profiles, table } = reachability;
      for (const subject of endpoints.keys()) {
        for (const peer of endpoints.keys()) {
          for (const direction of ['ingress', 'egress'] as const) {
            const [number, other] = [classes.of[subject]!, classes.of[peer]!];
            const decisions = profiles.decisions(number, direction, other);
            const ports = (effect: string): number => decisions.filter((each) => each.effect === effect).reduce((all, each) => table.union(all, each.ports), table.none);
            const between = direction === 'egress' ? reachability.between(subject, peer).egress : reachability.between(peer, subject).ingress;
            const { families } = classes.all[number]!;
            expect(ports('allow')).toBe(between);
            expect(table.intersection(ports('allow'), ports('deny'))).toBe(table.none);
            expect(table.union(ports('allow'), ports('deny'))).toBe(families.length === 1 ? table.lanes[families[0]!] : table.all);
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});
