import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DOCUMENTED } from '../../../../lambda/facts/network/reachability/endpoint.ts';
import { countPairs, mayMeet, type PairQuestion } from '../../../../lambda/facts/network/reachability/pair-counts.ts';
import { clusterOf } from '../../../../scripts/vectors/network.ts';
import { randomCluster } from './random-cluster.ts';

test('pairs counted by namespace are those that asking one by one counts, on some ports and by things of two kinds', () => {
  fc.assert(
    fc.property(randomCluster, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), fc.option(fc.constantFrom(1, 80, 443)), ({ objects, packets }, kinds, port) => {
      const { reachability, endpoints, pods } = clusterOf({ objects, probes: packets }, DOCUMENTED);
      const { classes, profiles, table } = reachability;
      const own = endpoints.slice(0, pods).flatMap(({ pod }, number) => (pod?.hostNetwork ? [] : [number]));
      const isSource = (number: number): boolean => kinds[number % kinds.length]!;
      const asked = port === null ? table.all : table.of([{ protocol: 'TCP', first: port, last: port }]);
      const names = [...new Set(classes.all.map(({ namespace }) => namespace))];
      const groupOf = Int32Array.from(classes.all, ({ namespace }) => names.indexOf(namespace));
      const [sources, destinations] = [new Float64Array(classes.all.length), new Float64Array(classes.all.length)];
      for (const number of own) (isSource(number) ? sources : destinations)[classes.of[number]!]! += 1;
      const question: PairQuestion = { classes, table, egress: profiles, ingress: profiles, sources, destinations, asked };
      const counted = new Map<string, number>();
      countPairs(question, groupOf, (from, to, pairs) => counted.set(`${from} ${to}`, (counted.get(`${from} ${to}`) ?? 0) + pairs));
      const expected = new Map<string, number>();
      const reaches = (a: number, b: number): boolean => table.intersection(reachability.between(a, b).both, asked) !== table.none;
      for (const a of own.filter(isSource)) {
        for (const b of own.filter((number) => !isSource(number))) {
          const key = `${groupOf[classes.of[a]!]!} ${groupOf[classes.of[b]!]!}`;
          if (reaches(a, b)) expected.set(key, (expected.get(key) ?? 0) + 1);
        }
      }
      expect([...counted].sort()).toEqual([...expected].sort());
      for (const a of own) expect(mayMeet(question, classes.of[a]!)).toBe(reaches(a, a));
    }),
    { numRuns: 300 },
  );
});
