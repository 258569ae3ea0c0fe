import { describe, expect, test } from '@jest/globals';
import type * as k8s from '@kubernetes/client-node';
import { assess } from '../../../lambda/assess/assess.ts';
import { privilegeEscalationPath } from '../../../lambda/checks/rbac/privilege-escalation-path.ts';
import { snapshotOf, type GivenSources } from '../../snapshot-of.ts';
import { CLUSTER_ADMIN, account, bind, bindCluster, clusterRole, group, role, rule, user } from './rbac-objects.ts';

const AUTHN = 'authentication.k8s.io';
const AS_ACCOUNTS = rule('impersonate:serviceaccount', AUTHN, 'serviceaccounts');
const AS_USERS = rule('impersonate:user-info', AUTHN, 'users');

interface Given {
  readonly everywhere?: readonly k8s.V1PolicyRule[];
  readonly inShop?: readonly k8s.V1PolicyRule[];
  readonly version?: string;
  readonly more?: { readonly clusterRoles?: k8s.V1ClusterRole[]; readonly clusterRoleBindings?: k8s.V1ClusterRoleBinding[]; readonly roleBindings?: k8s.V1RoleBinding[]; readonly roles?: k8s.V1Role[]; readonly accounts?: k8s.V1ServiceAccount[] };
}

/** The ways of alice, who holds these; shop/boss is cluster-admin, and bob runs pods in shop. */
function ways({ everywhere = [], inShop = [], version = '1.36', more = {} }: Given): readonly { key: string; path: unknown; cut: unknown }[] {
  const sources: GivenSources = {
    serviceAccounts: [{ metadata: { namespace: 'shop', name: 'boss' } }, { metadata: { namespace: 'shop', name: 'idle' } }, ...(more.accounts ?? [])],
    clusterRoles: [CLUSTER_ADMIN, clusterRole('runner', rule('create', '', 'pods')), clusterRole('everywhere', ...everywhere), ...(more.clusterRoles ?? [])],
    roles: [role('shop', 'here', ...inShop), ...(more.roles ?? [])],
    clusterRoleBindings: [bindCluster('boss', 'cluster-admin', account('shop', 'boss')), bindCluster('everywhere', 'everywhere', user('alice')), ...(more.clusterRoleBindings ?? [])],
    roleBindings: [bind('shop', 'bob', 'ClusterRole runner', user('bob')), bind('shop', 'here', 'Role here', user('alice')), ...(more.roleBindings ?? [])],
    kubernetesVersion: version,
  };
  const { findings } = assess(snapshotOf(sources), [privilegeEscalationPath]);
  return findings.filter(({ resource }) => resource.name === 'alice').map(({ key, evidence }) => ({ key, path: evidence['path'], cut: evidence['cut'] }));
}
const keys = (given: Given): readonly string[] => ways(given).map(({ key }) => key);

describe('rights that are borrowed for some requests', () => {
  test('lead where the other may do what may be done as it', () => {
    expect(ways({ inShop: [AS_ACCOUNTS, rule('impersonate-on:serviceaccount:create', '', 'pods')] })).toEqual([
      {
        key: 'cluster-admin',
        path: [
          'User alice is taken for others in some requests, by RoleBinding shop/here to Role shop/here',
          'runs pods as any account in shop',
          'may be any ServiceAccount of shop',
          'is then ServiceAccount shop/boss',
          'ServiceAccount shop/boss has every right, by ClusterRoleBinding boss to ClusterRole cluster-admin',
          'is then cluster-admin',
        ],
        cut: ['kubectl delete rolebinding -n shop here'],
      },
    ]);
    expect(keys({ everywhere: [AS_USERS], inShop: [rule('impersonate-on:user-info:create', '', 'pods')] })).toEqual(['cluster-admin']);
    expect(keys({ everywhere: [rule('impersonate:user-info', AUTHN, 'users', 'bob'), rule('impersonate-on:user-info:create', '', 'pods')] })).toEqual(['cluster-admin']);
  });

  test('and nowhere else', () => {
    // What nobody else may, nobody lends: bob runs pods and makes no tokens.
    expect(keys({ everywhere: [rule('impersonate:user-info', AUTHN, 'users', 'bob'), rule('impersonate-on:user-info:create', '', 'serviceaccounts/token')] })).toEqual([]);
    expect(keys({ everywhere: [rule('impersonate:user-info', AUTHN, 'users', 'eve'), rule('impersonate-on:user-info:create', '', 'pods')] })).toEqual([]);
    expect(keys({ inShop: [AS_ACCOUNTS, rule('impersonate-on:serviceaccount:list', '', 'pods')] })).toEqual([]);
    expect(keys({ inShop: [AS_ACCOUNTS, rule('impersonate-on:user-info:create', '', 'pods')] })).toEqual([]);
    expect(keys({ inShop: [AS_ACCOUNTS] })).toEqual([]);
    expect(keys({ inShop: [rule('impersonate-on:serviceaccount:create', '', 'pods')] })).toEqual([]);
    expect(keys({ inShop: [rule('impersonate:serviceaccount', AUTHN, 'serviceaccounts', 'idle'), rule('impersonate-on:serviceaccount:create', '', 'pods')] })).toEqual([]);
    // Users belong to no namespace.
    expect(keys({ inShop: [AS_USERS, rule('impersonate-on:user-info:create', '', 'pods')] })).toEqual([]);
  });

  test('members of system:masters lend nothing, other groups do', () => {
    const masters = rule('impersonate:user-info', AUTHN, 'users,groups', 'system:masters');
    expect(keys({ everywhere: [masters, rule('impersonate:user-info', AUTHN, 'users', 'eve'), rule('impersonate-on:user-info:create', '*', '*')] })).toEqual([]);
    const devs = { roleBindings: [bind('shop', 'devs', 'ClusterRole runner', group('devs'))] };
    const asDevs = [rule('impersonate:user-info', AUTHN, 'groups', 'devs'), rule('impersonate-on:user-info:create', '', 'pods')];
    expect(keys({ everywhere: asDevs, more: devs })).toEqual([]);
    expect(keys({ everywhere: [...asDevs, rule('impersonate:user-info', AUTHN, 'users', 'eve')], more: devs })).toEqual(['cluster-admin']);
  });

  test('accounts of one namespace, in another', () => {
    const far = { roles: [role('web', 'what', rule('impersonate-on:serviceaccount:create', '', 'pods'))], roleBindings: [bind('web', 'what', 'Role what', user('alice'))] };
    expect(keys({ inShop: [AS_ACCOUNTS], more: far })).toEqual([]);
    // The account web/king is cluster-admin too, and boss, who may do everything, runs pods as it.
    const king = { ...far, accounts: [{ metadata: { namespace: 'web', name: 'king' } }], clusterRoleBindings: [bindCluster('king', 'cluster-admin', account('web', 'king'))] };
    expect(keys({ inShop: [AS_ACCOUNTS], more: king })).toEqual(['cluster-admin']);
  });

  test('only where the API server knows it', () => {
    const rules = [AS_ACCOUNTS, rule('impersonate-on:serviceaccount:create', '', 'pods')];
    expect(keys({ inShop: rules, version: '1.35' })).toEqual([]);
  });

  test('of two bindings that lend the same neither alone cuts it', () => {
    const rules = [AS_ACCOUNTS, rule('impersonate-on:serviceaccount:create', '', 'pods')];
    const more = { roles: [role('shop', 'again', ...rules)], roleBindings: [bind('shop', 'again', 'Role again', user('alice'))] };
    expect(ways({ inShop: rules, more })).toMatchObject([{ cut: ['kubectl delete clusterrolebinding boss'] }]);
  });
});
