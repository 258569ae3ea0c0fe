import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileSelector } from '../../../lambda/facts/network/label-selector.ts';
import type { NamespacedPolicy } from '../../../lambda/facts/network/policy.ts';
import { policySelection } from '../../../lambda/facts/network/policy-selection.ts';
import { tierIndex } from '../../../lambda/facts/network/tier-coverage.ts';
import type { TierPolicy } from '../../../lambda/facts/network/tier-policies.ts';
import { indexWorkloads } from '../../../lambda/facts/network/workload-index.ts';
import type { Workload } from '../../../lambda/facts/workloads/workload.ts';

type Written = Parameters<typeof compileSelector>[0];

const keys = fc.constantFrom('app', 'tier', 'toString');
const values = fc.constantFrom('a', 'b', 'c');
const labels = fc.dictionary(keys, values, { maxKeys: 3 });
const selector: fc.Arbitrary<Written> = fc.record(
  {
    matchLabels: fc.dictionary(keys, values, { maxKeys: 2 }),
    matchExpressions: fc.array(fc.record({ key: keys, operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Odd'), values: fc.array(values, { maxLength: 2 }) }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

function workload(name: string, ofPods: Workload['labels']): Workload {
  const resource = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name };
  return { resource, source: 'deployments', labels: ofPods, annotations: {}, spec: { containers: [] }, serviceAccount: 'default' };
}

function policy(name: string, written: Written, isolates: NamespacedPolicy['isolates']): NamespacedPolicy {
  const resource = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: 'shop', name };
  return { resource, source: 'networkPolicies', selector: compileSelector(written), isolates, rules: { ingress: [], egress: [] }, traits: { ingress: 0, egress: 0 }, ignored: [], malformed: [] };
}

test('whatever is left out of the asking, the same is selected as by asking all of all', () => {
  const directions = fc.constantFrom<NamespacedPolicy['isolates']>([], ['ingress'], ['egress'], ['ingress', 'egress']);
  fc.assert(
    fc.property(fc.array(labels, { maxLength: 6 }), fc.array(fc.tuple(selector, directions), { maxLength: 6 }), (pods, written) => {
      const workloads = pods.map((each, index) => workload(`w${index}`, each));
      const policies = written.map(([each, isolates], index) => policy(`p${index}`, each, isolates));
      const { of } = policySelection.derive({ namespacedPolicies: policies, podFamily: 'IPv4', workloadIndex: indexWorkloads(workloads) });
      for (const each of workloads) {
        const selecting = policies.filter((one) => one.selector.matches(each.labels));
        const expected = {
          ingress: selecting.some(({ isolates }) => isolates.includes('ingress')),
          egress: selecting.some(({ isolates }) => isolates.includes('egress')),
          metadataService: false,
          named: selecting.some((one) => !one.selector.everything),
        };
        expect(of.get(each)).toEqual(selecting.length === 0 ? undefined : expected);
      }
    }),
  );
});

test('tier policies are found by the labels of a namespace, in their order', () => {
  fc.assert(
    fc.property(labels, fc.array(fc.option(selector, { nil: undefined }), { maxLength: 6 }), (namespace, written) => {
      const policies = written.map((each, index): TierPolicy => ({
        resource: { apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', name: `t${index}` },
        source: 'clusterNetworkPolicies',
        tier: 'admin',
        priority: index,
        ...(each === undefined ? {} : { namespaces: compileSelector(each) }),
        rules: { ingress: [], egress: [] },
      }));
      expect(tierIndex(policies)(namespace)).toEqual(policies.filter((one) => one.namespaces?.matches(namespace)));
    }),
  );
});

/** Labels that count how often somebody looks for one. */
function counted(of: Workload['labels'], count: () => void): Workload['labels'] {
  return new Proxy(of, {
    getOwnPropertyDescriptor(target, key) {
      count();
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
}

test.each<[string, (index: number) => Written]>([
  ['that each leave one out', (index) => ({ matchExpressions: [{ key: 'app', operator: 'NotIn', values: [`w${index}`] }] })],
  ['that share a label and differ in another', (index) => ({ matchLabels: { team: 'shop', app: `w${index}` } })],
])('policies %s do not each ask every workload of their namespace', (_name, written) => {
  const many = 300;
  let looks = 0;
  const workloads = Array.from({ length: many }, (_, index) => workload(`w${index}`, counted({ app: `w${index}`, team: 'shop' }, () => looks++)));
  const policies = Array.from({ length: many }, (_, index) => policy(`p${index}`, written(index), ['ingress']));
  const { of } = policySelection.derive({ namespacedPolicies: policies, podFamily: 'IPv4', workloadIndex: indexWorkloads(workloads) });
  expect(of.size).toBe(many);
  expect(looks).toBeLessThan(10 * many);
});
