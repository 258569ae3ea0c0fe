import { describe, expect, test } from '@jest/globals';
import { assess } from '../../lambda/assess/assess.ts';
import { KINDS, type KubernetesSource, type KindDefinition } from '../../lambda/model/kinds.ts';
import { snapshotOf, type GivenSources } from '../snapshot-of.ts';
import { fleetObjects, type RawCluster } from './fleet-sources.ts';

/** What a look at one namespace reads: of namespaced kinds that namespace's objects, of the others all. */
function lookAt(cluster: RawCluster, namespace: string): RawCluster {
  const part: RawCluster = {};
  for (const [source, kind] of Object.entries(KINDS) as [KubernetesSource, KindDefinition][]) {
    const objects = cluster[source] ?? [];
    part[source] = kind.namespaced && !kind.only ? objects.filter(({ metadata }) => metadata.namespace === namespace) : objects;
  }
  return part;
}

describe.each(['day-1/hardened', 'day-1/typical', 'day-1/vulnerable'])('%s, one namespace at a time', (name) => {
  const cluster = fleetObjects(name);
  const whole = assess(snapshotOf(cluster as unknown as GivenSources));
  const known = new Set(whole.findings.map(({ fingerprint }) => fingerprint));

  test.each((cluster.namespaces ?? []).map(({ metadata }) => metadata.name))('%s: nothing is found that is not there, and nothing that is there passes', (namespace) => {
    const { outcomes, findings } = assess(snapshotOf(lookAt(cluster, namespace) as unknown as GivenSources, { namespaces: [namespace] }));
    expect(findings.filter(({ fingerprint }) => !known.has(fingerprint)).map(({ message }) => message)).toEqual([]);
    const seen = new Set(findings.map(({ fingerprint }) => fingerprint));
    const calm = new Set(outcomes.filter(({ outcome, unread }) => outcome !== 'not-evaluated' && unread.length === 0).map(({ check }) => check));
    const missed = whole.findings.filter(({ fingerprint, resource, check }) => resource.namespace === namespace && calm.has(check) && !seen.has(fingerprint));
    expect(missed.map(({ message }) => message)).toEqual([]);
  });
});

test('whether nodes enforce policies is not said without the whole cluster, and why not is', () => {
  const { outcomes } = assess(snapshotOf({ networkPolicies: [{ metadata: { name: 'web', namespace: 'shop' }, spec: { podSelector: {} } }] }, { namespaces: ['shop'] }));
  expect(outcomes.find(({ check }) => check === 'network-policy-not-enforced')).toMatchObject({
    outcome: 'not-evaluated',
    reason: 'daemonSets: only shop was looked at, and this depends on the whole cluster; look at all namespaces',
  });
  expect(outcomes.find(({ check }) => check === 'default-deny-ingress-missing')).toMatchObject({
    reason: 'daemonSets: only shop was looked at, and this depends on kube-system too; look at that namespace as well',
  });
});

test('a door whose keeper stands in another namespace is not called closed', () => {
  const shop: GivenSources = {
    ingressClasses: [{ metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } }],
    ingresses: [{ metadata: { name: 'web', namespace: 'shop' }, spec: { ingressClassName: 'nginx', defaultBackend: { service: { name: 'web', port: { number: 80 } } } } }],
    httpRoutes: [{ metadata: { name: 'api', namespace: 'shop' }, spec: { parentRefs: [{ name: 'edge', namespace: 'gateways' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } }],
  };
  const outcome = (namespaces: 'all' | readonly string[]) => assess(snapshotOf(shop, { namespaces })).outcomes.find(({ check }) => check === 'internet-exposed-service');
  expect(outcome('all')).toMatchObject({ outcome: 'pass' });
  expect(outcome(['shop'])).toMatchObject({ outcome: 'not-evaluated', unread: [{ source: 'httpRoutes' }, { source: 'ingresses' }] });
});
