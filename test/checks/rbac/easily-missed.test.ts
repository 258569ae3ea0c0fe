import { describe, expect, test } from '@jest/globals';
import { assess } from '../../../lambda/assess/assess.ts';
import { CHECKS } from '../../../lambda/checks/registry.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { CLUSTER_ADMIN, account, bind, bindCluster, clusterRole, everywhere, group, role, rule, user, within } from './rbac-objects.ts';

const RBAC_CHECKS = CHECKS.filter(({ area }) => area === 'rbac');

/** `severity Kind name key`, sorted, of everything that is found about a power in a scope. */
function found(sources: GivenSources): readonly string[] {
  return assess(snapshotOf({ kubernetesVersion: '1.35', ...sources }), RBAC_CHECKS)
    .findings.filter(({ key }) => key.includes('@'))
    .map(({ severity, resource, key }) => `${severity} ${resource.kind} ${resource.name} ${key}`)
    .sort();
}

const ADMISSION = 'admissionregistration.k8s.io';

/** What analysers of roles are known to miss, each with what is true of it. */
const MISSED: readonly (readonly [name: string, sources: GivenSources, found: readonly string[]])[] = [
  [
    'an account that is listed after a group',
    { clusterRoles: [clusterRole('ops', rule('create', '', 'pods/exec'))], clusterRoleBindings: [bindCluster('ops', 'ops', group('devs'), account('shop', 'web'))] },
    ['high Group devs pod-exec@cluster', 'high ServiceAccount web pod-exec@cluster'],
  ],
  ['nodes/proxy by get alone', everywhere(user('alice'), rule('get', '', 'nodes/proxy')), ['critical User alice nodes-proxy@cluster']],
  ['nodes/proxy by create alone', everywhere(user('alice'), rule('create', '', 'nodes/proxy')), ['critical User alice nodes-proxy@cluster']],
  ['a namespace other than kube-system that rules the cluster', within('karpenter', user('alice'), rule('get', '', 'secrets')), ['critical User alice secrets-read@karpenter']],
  ['an account without any pod', everywhere(account('shop', 'idle'), rule('get', '', 'secrets')), ['critical ServiceAccount idle secrets-read@cluster']],
  [
    'a group that no rule can stop',
    { clusterRoles: [clusterRole('nothing')], clusterRoleBindings: [bindCluster('again', 'nothing', group('system:masters'))] },
    ['critical Group system:masters system-masters@cluster'],
  ],
  ['every verb on pods/exec', within('shop', user('alice'), rule('*', '', 'pods/exec')), ['high User alice pod-exec@shop']],
  ['verbs of debug containers in the core group', within('shop', user('alice'), rule('patch', '', 'pods/ephemeralcontainers')), ['high User alice pod-exec@shop']],
  ['workloads of the group apps alone', within('shop', user('alice'), rule('patch', 'apps', 'daemonsets')), ['high User alice pod-create@shop']],
  ['who only calls himself a part of the system', everywhere(user('system:monitor'), rule('get', '', 'secrets')), ['critical User system:monitor secrets-read@cluster']],
  ['accounts of kube-system', everywhere(account('kube-system', 'helper'), rule('get', '', 'secrets')), ['critical ServiceAccount helper secrets-read@cluster']],
  [
    'one subresource of everything',
    { clusterRoles: [clusterRole('ops', rule('create', '*', '*/exec,*/token,*/proxy'))], clusterRoleBindings: [bindCluster('ops', 'ops', user('alice'))] },
    [
      'critical User alice nodes-proxy@cluster',
      'critical User alice service-account-token-create@cluster',
      'high User alice pod-exec@cluster',
      'medium User alice pod-network-proxy@cluster',
    ],
  ],
  ['commands in one named pod', within('shop', user('alice'), rule('create', '', 'pods/exec', 'db-0')), ['high User alice pod-exec@shop']],
  [
    'a ClusterRole in a RoleBinding, and only there',
    { clusterRoles: [clusterRole('reader', rule('list', '', 'secrets'))], roleBindings: [bind('shop', 'reader', 'ClusterRole reader', account('shop', 'web'))] },
    ['high ServiceAccount web secrets-read@shop'],
  ],
  [
    'full control in one namespace',
    { clusterRoles: [CLUSTER_ADMIN], roleBindings: [bind('shop', 'boss', 'ClusterRole cluster-admin', user('alice'))] },
    ['high User alice namespace-admin@shop'],
  ],
  ['all accounts at once', everywhere(group('system:serviceaccounts'), rule('list', '', 'secrets')), ['critical Group system:serviceaccounts secrets-read@cluster']],
  [
    'a write of aws-auth without its name',
    { ...within('kube-system', user('alice'), rule('update', '', 'configmaps')), eksCluster: { name: 'test', arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/test', accessConfig: { authenticationMode: 'CONFIG_MAP' } }, awsAuth: [{ metadata: { namespace: 'kube-system', name: 'aws-auth' } }] },
    ['critical User alice aws-auth-update@kube-system', 'medium User alice system-config-write@kube-system'],
  ],
];

/** What analysers of roles are known to find, and is not so. */
const IMAGINED: readonly (readonly [name: string, sources: GivenSources])[] = [
  [
    'rules about the cluster in a RoleBinding',
    within('shop', user('alice'), rule('impersonate', '', 'users,groups'), rule('create', ADMISSION, 'mutatingwebhookconfigurations'), rule('get', '', 'nodes/proxy'), rule('patch', '', 'nodes')),
  ],
  ['pods/exec of another API group', everywhere(user('alice'), rule('create', 'example.com', 'pods/exec'))],
  ['secrets of which one may be read by name', within('shop', user('alice'), rule('get', '', 'secrets', 'tls'))],
  ['names on what carries none', within('shop', user('alice'), rule('create', '', 'pods,secrets,serviceaccounts', 'web'), rule('deletecollection', '', 'pods', 'web'))],
  ['a role that nobody is bound to', { clusterRoles: [CLUSTER_ADMIN, clusterRole('ops', rule('*', '*', '*'))], roles: [role('shop', 'ops', rule('*', '*', '*'))] }],
  ['a literal pods/*', everywhere(user('alice'), rule('*', '', 'pods/*'))],
  ['a rule without API groups', { clusterRoles: [{ metadata: { name: 'ops' }, rules: [{ verbs: ['*'], resources: ['*'] }] }], clusterRoleBindings: [bindCluster('ops', 'ops', user('alice'))] }],
  ['a verb in capitals', everywhere(user('alice'), rule('GET,LIST', '', 'secrets'))],
  ['a group that is written like an account', everywhere(group('system:serviceaccount:shop:web'), rule('get', '', 'configmaps'))],
  ['the core group under a name that it has not', everywhere(user('alice'), rule('*', 'core', 'secrets,pods'))],
];

describe('is found', () => {
  test.each(MISSED)('%s', (_, sources, expected) => {
    expect(found(sources)).toEqual([...expected].sort());
  });
});

describe('is not found', () => {
  test.each(IMAGINED)('%s', (_, sources) => {
    expect(found(sources)).toEqual([]);
  });
});
