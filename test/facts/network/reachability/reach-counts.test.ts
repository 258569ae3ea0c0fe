import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DOCUMENTED } from '../../../../lambda/facts/network/reachability/endpoint.ts';
import { countReach } from '../../../../lambda/facts/network/reachability/reach-counts.ts';
import { clusterOf } from '../../../../scripts/vectors/network.ts';
import { randomCluster } from './random-cluster.ts';

test('what is counted in factors is what asking pair by pair counts', () => {
  fc.assert(
    fc.property(randomCluster, fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }), ({ objects, packets }, heavy) => {
      const { reachability, endpoints, pods } = clusterOf({ objects, probes: packets }, DOCUMENTED);
      const { classes, profiles, table } = reachability;
      const own = endpoints.slice(0, pods).flatMap(({ pod }, number) => (pod?.hostNetwork ? [] : [number]));
      const weightOf = (number: number): number => heavy[number % heavy.length]!;
      const weights = new Int32Array(classes.all.length);
      for (const number of own) weights[classes.of[number]!]! += weightOf(number);
      const counts = countReach(classes, profiles, table, weights);
      for (const source of own) {
        const reached = own.filter((destination) => reachability.between(source, destination).both !== table.none);
        const near = reached.filter((destination) => endpoints[destination]!.pod!.namespace === endpoints[source]!.pod!.namespace);
        const sum = (list: readonly number[]): number => list.reduce((all, number) => all + weightOf(number), 0);
        const number = classes.of[source]!;
        expect([counts.everywhere[number], counts.inNamespace[number], counts.alike[number]]).toEqual([sum(reached), sum(near), reachability.between(source, source).both === table.none ? 0 : 1]);
      }
    }),
    { numRuns: 300 },
  );
});
