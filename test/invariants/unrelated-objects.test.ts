import { describe, expect, test } from '@jest/globals';
import { assess } from '../../lambda/assess/assess.ts';
import type { Finding } from '../../lambda/model/assessment.ts';
import { KINDS, apiVersionOf, type KubernetesSource } from '../../lambda/model/kinds.ts';
import { snapshotOf, type GivenSources } from '../snapshot-of.ts';
import { fleetObjects, type RawCluster, type RawObject } from './fleet-sources.ts';

const NEWCOMER = 'newcomer';

function object(source: KubernetesSource, fields: object, name = NEWCOMER): RawObject {
  const metadata = { name, ...(KINDS[source].namespaced ? { namespace: NEWCOMER } : {}) };
  return { apiVersion: apiVersionOf(KINDS[source]), kind: KINDS[source].kind, metadata, ...fields };
}

const restricted = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'app', image: 'registry.example.com/app:1', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
};
const rules = [{ verbs: ['get'], apiGroups: [''], resources: ['configmaps'] }];
const subjects = [{ kind: 'ServiceAccount', name: NEWCOMER, namespace: NEWCOMER }];

/** A team moves in, with one of everything and nothing wrong. */
const NEW: { readonly [S in KubernetesSource]?: readonly RawObject[] } = {
  namespaces: [object('namespaces', {})],
  serviceAccounts: [object('serviceAccounts', {}, 'default'), object('serviceAccounts', {})],
  deployments: [object('deployments', { spec: { template: { metadata: { labels: { app: NEWCOMER } }, spec: restricted } } })],
  pods: [object('pods', { spec: restricted })],
  services: [object('services', { spec: { selector: { app: NEWCOMER }, ports: [{ port: 80 }] } })],
  networkPolicies: [object('networkPolicies', { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } })],
  roles: [object('roles', { rules })],
  clusterRoles: [object('clusterRoles', { rules })],
  roleBindings: [object('roleBindings', { roleRef: { kind: 'Role', name: NEWCOMER, apiGroup: 'rbac.authorization.k8s.io' }, subjects })],
  clusterRoleBindings: [object('clusterRoleBindings', { roleRef: { kind: 'ClusterRole', name: NEWCOMER, apiGroup: 'rbac.authorization.k8s.io' }, subjects })],
  customResourceDefinitions: [object('customResourceDefinitions', {})],
};

/** What people see of all that is not the newcomer's own. */
function ofOthers(cluster: RawCluster): readonly Finding[] {
  const { findings } = assess(snapshotOf(cluster as unknown as GivenSources));
  return findings.filter(({ resource }) => resource.namespace !== NEWCOMER && resource.name !== NEWCOMER);
}

describe.each(['day-1/hardened', 'day-1/typical', 'day-2/typical'])('%s', (name) => {
  const cluster = fleetObjects(name);
  const before = ofOthers(cluster);

  test.each(Object.keys(NEW) as KubernetesSource[])('one more of %s changes nothing that is said of the others', (source) => {
    expect(ofOthers({ ...cluster, [source]: [...(cluster[source] ?? []), ...NEW[source]!] })).toEqual(before);
  });

  test('all of them together neither, first or last in their lists', () => {
    const sources = Object.keys(NEW) as KubernetesSource[];
    expect(ofOthers({ ...cluster, ...Object.fromEntries(sources.map((source) => [source, [...NEW[source]!, ...(cluster[source] ?? [])]])) })).toEqual(before);
  });
});
