import { expect, test } from '@jest/globals';
import { assess } from '../../lambda/assess/assess.ts';
import { measureNetwork } from '../../lambda/assess/measure-network.ts';
import { CHECKS } from '../../lambda/checks/registry.ts';
import { refused } from '../../lambda/model/collected.ts';
import { canonicalJson } from '../../lambda/storage/canonical-json.ts';
import { snapshotOf, type GivenSources } from '../snapshot-of.ts';

const GIVEN = {
  namespaces: ['shop', 'pay'].map((name) => ({ metadata: { name } })),
  deployments: ['web', 'db'].map((name) => ({ metadata: { namespace: 'shop', name }, spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'a' }] } } } })),
  networkPolicies: [{ metadata: { namespace: 'shop', name: 'deny' }, spec: { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] } }],
} as unknown as GivenSources;

const MEASURES = {
  workloads: 2,
  pairs: { reachable: 1, of: 2 },
  acrossNamespaces: { reachable: 0, of: 0 },
  isolated: { ingress: 1, egress: 0, both: 0 },
  blastRadius: { median: 0, maximum: 1 },
  reaching: { metadataService: 2, internet: 2, apiServer: null },
};

test('an audit measures; the order of lists is in no byte of it', () => {
  const { network } = assess(snapshotOf(GIVEN));
  expect(network).toEqual({ measures: MEASURES, unsure: [] });
  const turned = Object.fromEntries(Object.entries(GIVEN).map(([source, list]) => [source, [...(list as readonly unknown[])].reverse()])) as GivenSources;
  expect(canonicalJson(assess(snapshotOf(turned)).network)).toBe(canonicalJson(network));
});

test('who asks no check about networks pays for no measures', () => {
  expect(assess(snapshotOf(GIVEN), CHECKS.filter(({ area }) => area === 'rbac')).network).toBeUndefined();
});

test('what could not be told says why, and numbers that rest on less say that', () => {
  expect(assess(snapshotOf({ ...GIVEN, networkPolicies: refused('forbidden', 'may not list networkpolicies') })).network).toEqual({ unsure: ['networkPolicies: may not list networkpolicies'] });
  expect(assess(snapshotOf({ ...GIVEN, endpointSlices: refused('forbidden', 'may not list endpointslices') })).network).toEqual({ measures: MEASURES, unsure: ['endpointSlices: may not list endpointslices'] });
  expect(assess(snapshotOf(GIVEN, { namespaces: ['shop'] })).network?.measures).toBeUndefined();
});

test('policies of an engine that is not read may close what is counted as open', () => {
  const calicoNetworkPolicies = [{ metadata: { namespace: 'shop', name: 'x' }, spec: { selector: 'all()' } }];
  const { measures, unsure } = assess(snapshotOf({ ...GIVEN, calicoNetworkPolicies } as GivenSources)).network!;
  expect(measures?.pairs).toEqual({ reachable: 1, of: 2 });
  expect(unsure).toEqual([expect.stringMatching(/^calicoNetworkPolicies: /)]);
});

test('a defect in measuring costs no check its answer', () => {
  const broken = { fact: () => { throw new Error('boom'); }, gather: () => ({ ok: false as const, unread: [] }) };
  expect(measureNetwork(broken)).toEqual({ unsure: ['measuring failed: boom; please report this as a defect'] });
});
