import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { V1NetworkPolicy } from '@kubernetes/client-node';
import { namespacedPolicies } from '../../../lambda/facts/network/namespaced-policies.ts';
import type { NamespacedPolicy } from '../../../lambda/facts/network/policy.ts';
import { redundancies } from '../../../lambda/facts/network/redundant-policies.ts';
import { answersOf } from '../../../scripts/vectors/network.ts';
import { networkPolicy } from '../../checks/network/objects.ts';
import { randomCluster } from './reachability/random-cluster.ts';

const read = (policies: readonly V1NetworkPolicy[]): readonly NamespacedPolicy[] => namespacedPolicies.derive({ networkPolicies: policies, applicationNetworkPolicies: [] });

/** A policy without one of its rules, isolating as before. */
function without(written: V1NetworkPolicy, { isolates }: NamespacedPolicy, direction: 'ingress' | 'egress', index: number): V1NetworkPolicy {
  const policyTypes = isolates.map((each) => (each === 'ingress' ? 'Ingress' : 'Egress'));
  return { ...written, spec: { ...written.spec!, policyTypes, [direction]: (written.spec as { [D in typeof direction]?: object[] })[direction]!.filter((_, at) => at !== index) } };
}

test('what is found may be taken away and no packet fares otherwise', () => {
  let tried = 0;
  fc.assert(
    fc.property(randomCluster, ({ objects, packets }) => {
      const isPolicy = (object: object): boolean => (object as { kind?: string }).kind === 'NetworkPolicy';
      const policies = objects.filter(isPolicy) as V1NetworkPolicy[];
      const conventions = { ipBlockOnPods: true, baselineInOtherDirection: true };
      const answers = answersOf({ objects, probes: packets }, conventions);
      for (const { policy, whole, rules } of redundancies(read(policies))) {
        const isOwn = ({ metadata }: V1NetworkPolicy): boolean => metadata?.name === policy.resource.name;
        const changes: ((was: V1NetworkPolicy) => V1NetworkPolicy[])[] = [...(whole ? [() => []] : []), ...rules.flatMap((each) => each.rules.map(({ index }) => (was: V1NetworkPolicy) => [without(was, policy, each.direction, index)]))];
        for (const change of changes) {
          tried += 1;
          const changed = objects.flatMap((object) => (isPolicy(object) && isOwn(object as V1NetworkPolicy) ? (change(object as V1NetworkPolicy) as unknown as typeof objects) : [object]));
          expect(answersOf({ objects: changed, probes: packets }, conventions)).toEqual(answers);
        }
      }
    }),
    { numRuns: 300, seed: 6 },
  );
  expect(tried).toBeGreaterThan(50);
});

test('thousands of rules for one peer are looked up by their ports', () => {
  const peer = [{ podSelector: { matchLabels: { app: 'front' } } }];
  const ingress = Array.from({ length: 3000 }, (_, at) => ({ from: peer, ports: [{ port: 10 * at + 1, endPort: 10 * at + 5 }] }));
  const [found] = redundancies(read([networkPolicy('shop', 'many', { ingress: [...ingress, { from: peer, ports: [{ port: 12_002, endPort: 12_004 }] }, { from: peer, ports: [{ port: 12_006 }] }] })]));
  expect(found?.rules.map(({ direction, rules }) => [direction, rules.map(({ index }) => index)])).toEqual([['ingress', [3000]]]);
});

test('who says it is named, where to isolate is all that is said as well', () => {
  const ingress = [{ from: [{ podSelector: { matchLabels: { app: 'front' } } }] }];
  const by = (...specs: readonly object[]) => redundancies(read(specs.map((spec, at) => networkPolicy('shop', `p${at}`, spec)))).map(({ policy, by: others }) => [policy.resource.name, others.map(({ resource }) => resource.name)]);
  expect(by({}, {}, {})).toEqual([['p0', ['p1']], ['p1', ['p0']], ['p2', ['p0']]]);
  expect(by({ policyTypes: ['Ingress'], ingress }, { policyTypes: ['Egress'] }, { policyTypes: ['Ingress', 'Egress'], ingress })).toEqual([['p0', ['p2']], ['p1', ['p2']], ['p2', ['p0', 'p1']]]);
});

test('rules that nobody else says, however many stand beside them, change nothing of what is found', () => {
  const found = (policies: readonly V1NetworkPolicy[]) => redundancies(read(policies)).flatMap(({ policy, rules }) => rules.map(({ direction, rules: own }) => [policy.resource.name, direction, own.map(({ index }) => index)]));
  let tried = 0;
  fc.assert(
    fc.property(randomCluster, ({ objects }) => {
      const policies = objects.filter((object) => (object as { kind?: string }).kind === 'NetworkPolicy') as V1NetworkPolicy[];
      // One for each selector of each namespace, with more rules than are looked through one by one.
      const besides = [...new Map(policies.map(({ metadata, spec }) => [JSON.stringify([metadata?.namespace, spec?.podSelector]), { metadata, spec }])).values()].map(({ metadata, spec }, at) =>
        networkPolicy(metadata!.namespace!, `beside-${at}`, {
          ...(spec?.podSelector ? { podSelector: spec.podSelector } : {}),
          policyTypes: ['Ingress', 'Egress'],
          ingress: Array.from({ length: 9 }, (_, rule) => ({ from: [{ podSelector: { matchLabels: { only: `${at}-${rule}` } } }] })),
          egress: Array.from({ length: 9 }, (_, rule) => ({ to: [{ podSelector: { matchLabels: { only: `${at}-${rule}` } } }] })),
        }),
      );
      const alone = found(policies);
      tried += alone.length;
      expect(found([...policies, ...besides]).filter(([name]) => !(name as string).startsWith('beside-'))).toEqual(alone);
    }),
    { numRuns: 300, seed: 6 },
  );
  expect(tried).toBeGreaterThan(50);
});
