import { describe, expect, test } from '@jest/globals';
import { createAuthorizer } from '../../../../lambda/facts/rbac/authorizer/authorizer.ts';
import type { Identity, Request } from '../../../../lambda/facts/rbac/authorizer/request.ts';
import type { RbacLists } from '../../../../lambda/facts/rbac/bindings.ts';
import { refused } from '../../../../lambda/model/collected.ts';

type Lists = { readonly [S in keyof RbacLists]?: readonly unknown[] | 'unread' };

function lists(given: Lists): RbacLists {
  const of = (source: keyof RbacLists) => (given[source] === 'unread' ? refused('forbidden', `may not list ${source}`) : { ok: true, value: given[source] ?? [] });
  return { clusterRoleBindings: of('clusterRoleBindings'), roleBindings: of('roleBindings'), clusterRoles: of('clusterRoles'), roles: of('roles') } as RbacLists;
}

const named = (name: string, namespace?: string) => ({ metadata: { name, ...(namespace === undefined ? {} : { namespace }) } });
const role = (name: string, rules: unknown, namespace?: string) => ({ ...named(name, namespace), rules });
const binding = (name: string, to: string, subjects: unknown, namespace?: string) => ({
  ...named(name, namespace),
  roleRef: { kind: to.split(' ')[0], name: to.split(' ')[1] },
  subjects,
});
const user = (name: string) => ({ kind: 'User', name });
const READ = [{ verbs: ['get'], apiGroups: [''], resources: ['secrets'] }];
const alice: Identity = { user: 'alice', groups: [] };
const get = (namespace: string, name = 'a'): Request => ({ verb: 'get', group: '', resource: 'secrets', subresource: '', name, namespace });

describe('what was not read', () => {
  test('is no denial, and is named', () => {
    const authorizer = createAuthorizer(lists({ clusterRoleBindings: 'unread', roleBindings: 'unread', clusterRoles: 'unread', roles: 'unread' }));
    expect(authorizer.decide(alice, get('a'))).toEqual({ answer: 'unknown', unread: ['clusterRoleBindings', 'clusterRoles', 'roleBindings', 'roles'] });
    expect(authorizer.decide(alice, get(''))).toEqual({ answer: 'unknown', unread: ['clusterRoleBindings', 'clusterRoles'] });
    expect(authorizer.whoCan(get('a')).unread).toEqual(['clusterRoleBindings', 'clusterRoles', 'roleBindings', 'roles']);
    expect(authorizer.rulesFor(alice, '').unread).toEqual(['clusterRoleBindings', 'clusterRoles']);
  });

  test('is no denial of members of system:masters, whom nobody has to allow anything', () => {
    const authorizer = createAuthorizer(lists({ clusterRoleBindings: 'unread', roleBindings: 'unread', clusterRoles: 'unread', roles: 'unread' }));
    expect(authorizer.decide({ user: 'alice', groups: ['system:masters'] }, get('a'))).toEqual({ answer: 'allowed', unread: [] });
  });

  test('does not matter where what was read allows it', () => {
    const given = lists({ clusterRoleBindings: [binding('b', 'ClusterRole r', [user('alice')])], clusterRoles: [role('r', READ)], roleBindings: 'unread', roles: 'unread' });
    expect(createAuthorizer(given).decide(alice, get('a'))).toMatchObject({ answer: 'allowed', by: { binding: { text: 'ClusterRoleBinding b' } }, unread: [] });
  });

  test('does not matter where no binding leads to it', () => {
    const given = lists({ clusterRoleBindings: [binding('b', 'ClusterRole r', [user('bob')])], clusterRoles: 'unread', roles: 'unread' });
    expect(createAuthorizer(given).decide(alice, get('a'))).toEqual({ answer: 'denied', unread: [] });
    expect(createAuthorizer(given).decide({ user: 'bob', groups: [] }, get('a'))).toEqual({ answer: 'unknown', unread: ['clusterRoles'] });
  });

  test('a request of the whole cluster does not wait for namespaces', () => {
    expect(createAuthorizer(lists({ roleBindings: 'unread', roles: 'unread' })).decide(alice, get(''))).toEqual({ answer: 'denied', unread: [] });
  });

  test('a namespace that was not looked at is unknown, its neighbour is not', () => {
    const authorizer = createAuthorizer(lists({}), ['a']);
    expect(authorizer.decide(alice, get('a'))).toEqual({ answer: 'denied', unread: [] });
    expect(authorizer.decide(alice, get('b'))).toEqual({ answer: 'unknown', unread: ['roleBindings', 'roles'] });
  });
});

describe('objects that no API server would keep', () => {
  const odd: readonly unknown[] = [undefined, null, 5, 'x', true, [], {}, [null], [5], ['x'], [[]], [{}], [{ kind: 5, name: 7 }], [{ kind: 'User', name: ['alice'] }]];
  test.each(odd.map((value) => [JSON.stringify(value) ?? 'undefined', value]))('%s in every field grants nothing and breaks nothing', (_, value) => {
    const broken = [role('r', value), role('s', [value]), role('t', [{ verbs: value, apiGroups: value, resources: value, nonResourceURLs: value, resourceNames: value }])];
    const bindings = ['r', 's', 't'].map((to) => binding(`b-${to}`, `ClusterRole ${to}`, [user('alice')]));
    const given = lists({
      clusterRoles: [...broken, role('good', READ)],
      clusterRoleBindings: [...bindings, binding('odd', 'ClusterRole good', value), { ...named('ref'), roleRef: value, subjects: [user('alice')] }],
      roleBindings: [binding('odd', 'ClusterRole good', value, 'a'), { roleRef: { kind: value, name: value }, subjects: value }],
      roles: [{}, { metadata: null }, role('r', value, 'a')],
    });
    const authorizer = createAuthorizer(given);
    expect(authorizer.can(alice, get('a'))).toBe(false);
    expect(authorizer.whoCan(get('a')).subjects.filter(({ subject }) => subject.name === 'alice')).toEqual([]);
    expect(authorizer.decide(alice, { verb: 'get', path: '/x' }).answer).toBe('denied');
  });

  test('a resource name that is no text does not open the rule to every name', () => {
    const given = lists({ clusterRoles: [role('r', [{ ...READ[0], resourceNames: [5] }])], clusterRoleBindings: [binding('b', 'ClusterRole r', [user('alice')])] });
    expect(createAuthorizer(given).can(alice, get('', 'a'))).toBe(false);
  });
});

describe('names', () => {
  test.each(['__proto__', 'constructor', 'toString', '*', 'zażółć', '', 'a b'])('"%s" is a user, a group, an account and a role like any other', (name) => {
    const given = lists({
      clusterRoles: [role(name || 'empty', READ)],
      roles: [role(name, READ, '__proto__')],
      clusterRoleBindings: [binding('b', `ClusterRole ${name === 'a b' ? 'a' : name || 'empty'}`, [{ kind: 'Group', name }])],
      roleBindings: [{ ...named('b', '__proto__'), roleRef: { kind: 'Role', name }, subjects: [user(name), { kind: 'ServiceAccount', name }] }],
    });
    const authorizer = createAuthorizer(given);
    expect(authorizer.can({ user: 'x', groups: [name] }, get(''))).toBe(name !== 'a b');
    expect(authorizer.can({ user: name, groups: [] }, get('__proto__'))).toBe(true);
    expect(authorizer.can({ user: `system:serviceaccount:__proto__:${name}`, groups: [] }, get('__proto__'))).toBe(true);
    expect(authorizer.can({ user: name, groups: [] }, get('constructor'))).toBe(false);
    expect(authorizer.can({ user: 'valueOf', groups: ['hasOwnProperty'] }, get('__proto__'))).toBe(false);
  });

  test('the random suffix of an IAM role belongs to the name', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Ops_0123456789abcdef/a';
    const authorizer = createAuthorizer(lists({ clusterRoles: [role('r', READ)], clusterRoleBindings: [binding('b', 'ClusterRole r', [user(arn)])] }));
    expect(authorizer.can({ user: arn, groups: [] }, get(''))).toBe(true);
    expect(authorizer.can({ user: arn.replace('_0123456789abcdef', ''), groups: [] }, get(''))).toBe(false);
    expect(authorizer.whoCan(get('')).subjects.map(({ subject }) => subject.name)).toEqual(['system:masters', arn]);
  });
});

test('a member of a group of whom no name is known is not the user without a name', () => {
  const authorizer = createAuthorizer(lists({ clusterRoles: [role('r', READ)], clusterRoleBindings: [binding('b', 'ClusterRole r', [user('')])] }));
  expect(authorizer.can({ user: undefined, groups: ['devs'] }, get(''))).toBe(false);
  expect(authorizer.can({ user: '', groups: [] }, get(''))).toBe(true);
});

test('who may is said with the bindings that give it', () => {
  const given = lists({
    clusterRoles: [role('r', READ)],
    clusterRoleBindings: [binding('b', 'ClusterRole r', [user('alice'), user('alice')]), binding('c', 'ClusterRole gone', [user('bob')])],
    roleBindings: [binding('d', 'ClusterRole r', [user('alice'), { kind: 'ServiceAccount', name: 'x' }], 'a'), binding('e', 'ClusterRole r', [user('bob')], 'other')],
  });
  const shown = createAuthorizer(given)
    .whoCan(get('a'))
    .subjects.map(({ subject, by }) => [subject, by.map((grant) => grant.binding.text)]);
  expect(shown).toEqual([
    [{ kind: 'Group', name: 'system:masters' }, []],
    [{ kind: 'ServiceAccount', namespace: 'a', name: 'x' }, ['RoleBinding a/d']],
    [{ kind: 'User', name: 'alice' }, ['ClusterRoleBinding b', 'RoleBinding a/d']],
  ]);
});

test('many bindings, and one with many subjects, are what each of them says', () => {
  const roleBindings = Array.from({ length: 40_000 }, (_, i) => binding('b', i % 2 === 0 ? 'ClusterRole r' : 'ClusterRole gone', [user(`user-${i % 100}`)], `ns-${i}`));
  const crowd = binding('crowd', 'ClusterRole r', Array.from({ length: 20_000 }, (_, i) => user(`crowd-${i % 10_000}`)));
  const authorizer = createAuthorizer(lists({ clusterRoles: [role('r', READ)], roleBindings, clusterRoleBindings: [crowd] }));
  expect(authorizer.can({ user: 'user-2', groups: [] }, get('ns-102'))).toBe(true);
  expect(authorizer.can({ user: 'user-2', groups: [] }, get('ns-103'))).toBe(false);
  expect(authorizer.can({ user: 'user-3', groups: [] }, get('ns-103'))).toBe(false);
  expect(authorizer.whoCan(get('ns-102')).subjects).toHaveLength(10_002);
});
