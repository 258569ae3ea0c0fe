import { expect, test } from '@jest/globals';
import { SubjectReader } from '../../../lambda/facts/rbac/subject-reader.ts';
import { canonicalSubject } from '../../../lambda/facts/rbac/subject.ts';

const namesOf = (...subjects: readonly object[]): readonly string[] => new SubjectReader(canonicalSubject).read(subjects, 'shop').map(({ text }) => text);

test('each is read once, however it is written', () => {
  const web = { kind: 'ServiceAccount', name: 'web' };
  expect(namesOf(web, { kind: 'User', name: 'system:serviceaccount:shop:web' }, { ...web, namespace: 'shop' }, { ...web, namespace: 'pay' })).toEqual(['ServiceAccount shop/web', 'ServiceAccount pay/web']);
});

test('a kind that is none is nobody, though it reads like somebody before it', () => {
  expect(namesOf({ kind: 'Group', name: 'a b' }, { kind: 'Group a', name: 'b' })).toEqual(['Group a b']);
  const reader = new SubjectReader(canonicalSubject);
  expect(reader.read([{ kind: 'Group', name: 'a b' }])).toHaveLength(1);
  expect(reader.read([{ kind: 'Group a', name: 'b' }])).toEqual([]);
});
