import { describe, expect, test } from '@jest/globals';
import { identityOf } from '../../../../lambda/facts/rbac/authorizer/identity-of.ts';
import { impersonated, impersonationRequests } from '../../../../lambda/facts/rbac/authorizer/impersonation.ts';
import type { Subject } from '../../../../lambda/facts/rbac/subject.ts';

const ACCOUNT = ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'];

describe('the groups that come with a subject', () => {
  test.each<[Subject, string | undefined, readonly string[]]>([
    [{ kind: 'ServiceAccount', namespace: 'shop', name: 'web' }, 'system:serviceaccount:shop:web', ACCOUNT],
    [{ kind: 'User', name: 'system:serviceaccount:shop:web' }, 'system:serviceaccount:shop:web', ACCOUNT],
    [{ kind: 'User', name: 'system:serviceaccount:shop' }, 'system:serviceaccount:shop', ['system:authenticated']],
    [{ kind: 'User', name: 'system:serviceaccount:Shop:web' }, 'system:serviceaccount:Shop:web', ['system:authenticated']],
    [{ kind: 'User', name: 'system:serviceaccount:shop:web:x' }, 'system:serviceaccount:shop:web:x', ['system:authenticated']],
    [{ kind: 'User', name: 'alice' }, 'alice', ['system:authenticated']],
    [{ kind: 'User', name: 'system:anonymous' }, 'system:anonymous', ['system:unauthenticated']],
    [{ kind: 'User', name: 'system:node:n1' }, 'system:node:n1', ['system:nodes', 'system:authenticated']],
    [{ kind: 'Group', name: 'devs' }, undefined, ['devs', 'system:authenticated']],
    [{ kind: 'Group', name: 'system:authenticated' }, undefined, ['system:authenticated']],
    [{ kind: 'Group', name: 'system:unauthenticated' }, undefined, ['system:unauthenticated']],
    [{ kind: 'Group', name: 'system:serviceaccounts:shop' }, undefined, ['system:serviceaccounts:shop', 'system:serviceaccounts', 'system:authenticated']],
    [{ kind: 'Group', name: 'system:serviceaccount:shop:web' }, undefined, ['system:serviceaccount:shop:web', 'system:authenticated']],
  ])('%j', (subject, user, groups) => {
    expect(identityOf(subject)).toEqual({ user, groups });
  });
});

test('an impersonation is every request that its headers make', () => {
  const asked = impersonationRequests({ username: 'alice', groups: ['ops'], uid: 'u-1', extra: new Map([['example.com/team', ['a', 'b']]]) });
  expect(asked.map(({ group, resource, subresource, name, namespace }) => [group, resource, subresource, name, namespace].join('|'))).toEqual([
    '|users||alice|',
    '|groups||ops|',
    'authentication.k8s.io|uids||u-1|',
    'authentication.k8s.io|userextras|example.com/team|a|',
    'authentication.k8s.io|userextras|example.com/team|b|',
  ]);
  expect(impersonationRequests({ username: 'system:serviceaccount:shop:web' })).toEqual([
    { verb: 'impersonate', group: '', resource: 'serviceaccounts', subresource: '', name: 'web', namespace: 'shop' },
  ]);
});

test('strangers who are impersonated stay strangers', () => {
  expect(impersonated({ username: 'system:anonymous' })).toEqual({ user: 'system:anonymous', groups: ['system:unauthenticated'] });
  expect(impersonated({ username: 'alice', groups: ['system:unauthenticated'] })).toEqual({ user: 'alice', groups: ['system:unauthenticated'] });
});
