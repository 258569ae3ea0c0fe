import { expect, test } from '@jest/globals';
import { indexAwsAuth, mapCaller } from '../../../../lambda/facts/identity/aws-auth/map-caller.ts';
import { readAwsAuth } from '../../../../lambda/facts/identity/aws-auth/read-aws-auth.ts';

const ROLE = { arn: 'arn:aws:sts::111122223333:assumed-role/dev/me', account: '111122223333', userId: 'AROAEXAMPLE:me', accessKeyId: 'ASIAEXAMPLE' };
const mapped = (data: Readonly<Record<string, string>>) => mapCaller(indexAwsAuth(readAwsAuth(data)), ROLE);
const BROKEN = '\u0001';

test('a key that cannot be read makes unknown what it would decide, and nothing before it', () => {
  const mapRoles = '- {rolearn: "arn:aws:iam::111122223333:role/dev", username: me, groups: [a]}';
  expect(mapped({ mapRoles, mapUsers: BROKEN })).toEqual({ outcome: 'mapped', username: 'me', groups: ['a'] });
  expect(mapped({ mapRoles: BROKEN })).toEqual({ outcome: 'unknown', key: 'mapRoles' });
  expect(mapped({ mapUsers: BROKEN, mapAccounts: '["111122223333"]' })).toEqual({ outcome: 'unknown', key: 'mapUsers' });
  expect(mapped({ mapAccounts: BROKEN })).toEqual({ outcome: 'unknown', key: 'mapAccounts' });
  expect(mapped({ mapAccounts: '["444455556666"]' })).toEqual({ outcome: 'not-mapped', reason: 'not-mapped' });
});

test('what is filled in is filled in as it is', () => {
  const mapRoles = '- {rolearn: "arn:aws:iam::111122223333:role/dev", username: "{{SessionName}}"}';
  const index = indexAwsAuth(readAwsAuth({ mapRoles }));
  expect(mapCaller(index, { ...ROLE, userId: 'AROAEXAMPLE:$&$1' })).toEqual({ outcome: 'mapped', username: '$&$1', groups: [] });
});
