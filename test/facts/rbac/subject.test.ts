import { describe, expect, test } from '@jest/globals';
import { kubernetesMinor } from '../../../lambda/facts/rbac/kubernetes-minor.ts';
import { audienceOf, canonicalSubject, holderText, ownGroups, subjectText } from '../../../lambda/facts/rbac/subject.ts';

const text = (subject: unknown, namespace?: string): string | undefined => {
  const canonical = canonicalSubject(subject, namespace);
  return canonical && subjectText(canonical);
};

describe('a subject', () => {
  test.each([
    [{ kind: 'User', name: 'alice', namespace: 'ignored' }, undefined, 'User alice'],
    [{ kind: 'User', name: 'system:serviceaccount:shop:web' }, undefined, 'ServiceAccount shop/web'],
    [{ kind: 'User', name: 'system:serviceaccount:shop' }, undefined, 'User system:serviceaccount:shop'],
    [{ kind: 'User', name: 'system:serviceaccount:shop:web:x' }, undefined, 'User system:serviceaccount:shop:web:x'],
    [{ kind: 'Group', name: 'system:serviceaccount:shop:web' }, undefined, 'Group system:serviceaccount:shop:web'],
    [{ kind: 'ServiceAccount', name: 'web' }, 'shop', 'ServiceAccount shop/web'],
    [{ kind: 'ServiceAccount', name: 'web', namespace: 'web' }, 'shop', 'ServiceAccount web/web'],
    [{ kind: 'ServiceAccount', name: 'web', namespace: '' }, undefined, undefined],
    [{ kind: 'serviceaccount', name: 'web', namespace: 'shop' }, undefined, undefined],
    [{ kind: 'User', name: '' }, undefined, undefined],
    [{ kind: 'User' }, undefined, undefined],
    [null, undefined, undefined],
    ['User alice', undefined, undefined],
    [{ kind: 'Group', name: 'AWSReservedSSO_Ops_0123456789abcdef' }, undefined, 'Group AWSReservedSSO_Ops'],
    [
      { kind: 'User', name: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Ops_0123456789abcdef/alice' },
      undefined,
      'User arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Ops/alice',
    ],
    [{ kind: 'User', name: 'AWSReservedSSO_Ops_0123456789abcdefg' }, undefined, 'User AWSReservedSSO_Ops_0123456789abcdefg'],
    [{ kind: 'User', name: 'Ops_0123456789abcdef' }, undefined, 'User Ops_0123456789abcdef'],
  ])('%j in %j is %j', (given, namespace, expected) => {
    expect(text(given, namespace)).toBe(expected);
  });

  test('stands for one, for a namespace, for everyone, for strangers', () => {
    const audience = (kind: 'User' | 'Group' | 'ServiceAccount', name: string) =>
      audienceOf(kind === 'ServiceAccount' ? { kind, namespace: 'shop', name } : { kind, name });
    expect(audience('ServiceAccount', 'web')).toBe('particular');
    expect(audience('ServiceAccount', 'default')).toBe('namespace');
    expect(audience('User', 'default')).toBe('particular');
    expect(audience('Group', 'system:serviceaccounts:shop')).toBe('namespace');
    expect(audience('Group', 'system:serviceaccounts')).toBe('everyone');
    expect(audience('Group', 'system:authenticated')).toBe('everyone');
    expect(audience('Group', 'system:unauthenticated')).toBe('anonymous');
    expect(audience('User', 'system:anonymous')).toBe('anonymous');
    expect(audience('User', 'system:unauthenticated')).toBe('particular');
    expect(audience('Group', 'system:masters')).toBe('masters');
  });

  test('is in the groups that Kubernetes puts it in', () => {
    expect(ownGroups({ kind: 'ServiceAccount', namespace: 'shop', name: 'web' })).toEqual([
      'Group system:authenticated',
      'Group system:serviceaccounts',
      'Group system:serviceaccounts:shop',
    ]);
    expect(ownGroups({ kind: 'Group', name: 'system:serviceaccounts:shop' })).toEqual(['Group system:authenticated', 'Group system:serviceaccounts']);
    expect(ownGroups({ kind: 'Group', name: 'system:authenticated' })).toEqual([]);
    expect(ownGroups({ kind: 'User', name: 'system:anonymous' })).toEqual([]);
  });

  test('begins a sentence', () => {
    expect(holderText({ kind: 'ServiceAccount', namespace: 'shop', name: 'default' })).toBe('Every pod of shop without an account of its own');
    expect(holderText({ kind: 'Group', name: 'system:serviceaccounts:shop' })).toBe('Every pod of shop');
  });
});

describe('a version', () => {
  test.each([
    ['1.35', 35],
    ['v1.31.4-eks-2d5f260', 31],
    ['1.34+', 34],
    ['1.9', 9],
    ['2.1', undefined],
    ['1.1234', undefined],
    ['', undefined],
    ['latest', undefined],
  ])('%j is minor %j', (version, minor) => {
    expect(kubernetesMinor(version)).toBe(minor);
  });
});
