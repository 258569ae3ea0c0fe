import { describe, expect, test } from '@jest/globals';
import { createAuthorizer } from '../../../../lambda/facts/rbac/authorizer/authorizer.ts';
import { actedAs, actingAs, constrainedWays, type ActingAs } from '../../../../lambda/facts/rbac/authorizer/constrained-impersonation.ts';
import type { Impersonation } from '../../../../lambda/facts/rbac/authorizer/impersonation.ts';
import type { Request } from '../../../../lambda/facts/rbac/authorizer/request.ts';
import { collected } from '../../../../lambda/model/collected.ts';
import { bind, bindCluster, clusterRole, role, rule, user } from '../../../checks/rbac/rbac-objects.ts';

const AUTHN = 'authentication.k8s.io';
const listPods: Request = { verb: 'list', group: '', resource: 'pods', subresource: '', name: '', namespace: 'shop' };

interface Given {
  readonly cluster?: readonly ReturnType<typeof rule>[];
  readonly shop?: readonly ReturnType<typeof rule>[];
  readonly ownNode?: string;
  readonly constrained?: boolean;
}

/** As whom alice makes a request, who holds these rules everywhere and in shop. */
function acting(who: Impersonation, { cluster = [], shop = [], ownNode, constrained = true }: Given, request: Request = listPods): ActingAs {
  const authorizer = createAuthorizer({
    clusterRoles: collected([clusterRole('c', ...cluster)]),
    clusterRoleBindings: collected([bindCluster('c', 'c', user('alice'))]),
    roles: collected([role('shop', 'r', ...shop)]),
    roleBindings: collected([bind('shop', 'r', 'Role r', user('alice'))]),
  } as never);
  return actingAs((each) => authorizer.can({ user: 'alice', groups: ['system:authenticated'] }, each), who, request, { constrained, ...(ownNode === undefined ? {} : { ownNode }) });
}

describe('users', () => {
  const asBob = rule('impersonate:user-info', AUTHN, 'users', 'bob');
  const forLists = rule('impersonate-on:user-info:list', '', 'pods');

  test('need the identity and the verb, which may be granted in different places', () => {
    expect(acting({ username: 'bob' }, { cluster: [asBob], shop: [forLists] })).toBe('user-info');
    expect(acting({ username: 'bob' }, { cluster: [asBob] })).toBe('refused');
    expect(acting({ username: 'bob' }, { cluster: [forLists] })).toBe('refused');
    expect(acting({ username: 'eve' }, { cluster: [asBob, forLists] })).toBe('refused');
    expect(acting({ username: 'bob' }, { cluster: [asBob], shop: [forLists] }, { ...listPods, namespace: 'web' } as Request)).toBe('refused');
    expect(acting({ username: 'bob' }, { cluster: [asBob], shop: [forLists] }, { ...listPods, verb: 'get' })).toBe('refused');
    // A user belongs to no namespace.
    expect(acting({ username: 'bob' }, { shop: [asBob, forLists] })).toBe('refused');
  });

  test('verbs of another mode, of the core group, or that begin alike are others', () => {
    expect(acting({ username: 'bob' }, { cluster: [rule('impersonate:serviceaccount', AUTHN, 'users'), forLists] })).toBe('refused');
    expect(acting({ username: 'bob' }, { cluster: [rule('impersonate:user-info', '', 'users'), forLists] })).toBe('refused');
    expect(acting({ username: 'bob' }, { cluster: [asBob, rule('impersonate-on:user-info', '', 'pods')] })).toBe('refused');
    expect(acting({ username: 'bob' }, { cluster: [asBob, rule('impersonate-on:serviceaccount:list', '', 'pods')] })).toBe('refused');
    expect(acting({ username: 'bob' }, { cluster: [rule('*', AUTHN, 'users'), rule('*', '', 'pods')] })).toBe('user-info');
  });

  test('each group, uid and extra value is asked for', () => {
    const ops: Impersonation = { username: 'bob', groups: ['ops'], uid: 'u', extra: new Map([['team', ['a']]]) };
    const all = ['groups', 'uids', 'userextras/team'].map((resource) => rule('impersonate:user-info', AUTHN, resource));
    expect(acting(ops, { cluster: [asBob, forLists, ...all] })).toBe('user-info');
    for (const left of all) expect(acting(ops, { cluster: [asBob, forLists, ...all.filter((each) => each !== left)] })).toBe('refused');
  });

  test('nobody is a member of system:masters so; only classic impersonation reaches them', () => {
    const everything = [rule('impersonate:user-info', AUTHN, 'users,groups'), rule('impersonate-on:user-info:list', '*', '*')];
    expect(acting({ username: 'bob', groups: ['system:masters'] }, { cluster: everything })).toBe('refused');
    expect(acting({ username: 'bob', groups: ['ops'] }, { cluster: everything })).toBe('user-info');
    expect(acting({ username: 'bob', groups: ['system:masters'] }, { cluster: [rule('impersonate', '', 'users,groups')] })).toBe('impersonate');
  });

  test('addresses are asked for by the same verb', () => {
    const request: Request = { verb: 'get', path: '/metrics' };
    const url = { verbs: ['impersonate-on:user-info:get'], nonResourceURLs: ['/metrics'] } as never;
    expect(acting({ username: 'bob' }, { cluster: [asBob, url] }, request)).toBe('user-info');
    expect(acting({ username: 'bob' }, { cluster: [asBob, forLists] }, request)).toBe('refused');
  });

  test('before it is on, the classic verb alone counts', () => {
    expect(acting({ username: 'bob' }, { cluster: [asBob, forLists], constrained: false })).toBe('refused');
    expect(acting({ username: 'bob' }, { cluster: [rule('impersonate', '', 'users')], constrained: false })).toBe('impersonate');
  });
});

describe('accounts', () => {
  const web: Impersonation = { username: 'system:serviceaccount:shop:web' };
  const rules = [rule('impersonate:serviceaccount', AUTHN, 'serviceaccounts', 'web'), rule('impersonate-on:serviceaccount:list', '', 'pods')];

  test('are asked for in their namespace, alone', () => {
    expect(acting(web, { shop: rules })).toBe('serviceaccount');
    expect(acting({ ...web, groups: ['ops'] }, { shop: rules, cluster: [rule('impersonate:user-info', AUTHN, 'groups')] })).toBe('refused');
    expect(acting({ username: 'system:serviceaccount:web:web' }, { shop: rules })).toBe('refused');
    // A name that only begins so is that of nobody.
    expect(constrainedWays({ username: 'system:serviceaccount:shop' }, listPods)).toEqual([]);
  });
});

describe('nodes', () => {
  const node: Impersonation = { username: 'system:node:a' };

  test('any, by its name; its own, by a star', () => {
    const any = [rule('impersonate:arbitrary-node', AUTHN, 'nodes', 'a'), rule('impersonate-on:arbitrary-node:list', '', 'pods')];
    expect(acting(node, { cluster: any })).toBe('arbitrary-node');
    expect(acting({ username: 'system:node:b' }, { cluster: any })).toBe('refused');
    const own = [rule('impersonate:associated-node', AUTHN, 'nodes', '*'), rule('impersonate-on:associated-node:list', '', 'pods')];
    expect(acting(node, { cluster: own, ownNode: 'a' })).toBe('associated-node');
    expect(acting(node, { cluster: own, ownNode: 'b' })).toBe('refused');
    expect(acting(node, { cluster: own })).toBe('refused');
    expect(actedAs(node, 'associated-node')).toEqual({ user: 'system:node:a', groups: ['system:nodes', 'system:authenticated'] });
    expect(actedAs({ username: 'bob' }, 'user-info')).toEqual({ user: 'bob', groups: ['system:authenticated'] });
  });
});
