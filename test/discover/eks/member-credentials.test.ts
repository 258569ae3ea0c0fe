import { afterEach, expect, test } from '@jest/globals';
import { memberCredentials } from '../../../lambda/discover/eks/member-credentials.ts';
import { FakeAws } from '../../aws/fake/fake-aws.ts';
import { denied } from '../../aws/fake/otherwise.ts';
import { accountsWith, HUB, MEMBER } from './fleet.ts';

let fake: FakeAws | undefined;
afterEach(() => fake?.[Symbol.asyncDispose]());

const ROLE = { arn: `arn:aws:iam::${MEMBER}:role/EksaminerMember` };

async function started(now?: () => Date) {
  fake = await FakeAws.start({ accounts: accountsWith({ [HUB]: {}, [MEMBER]: {} }) });
  const base = { credentials: FakeAws.keysOf(HUB), homeRegion: 'eu-west-1', endpoint: fake.url, session: 'run', maxAttempts: 1 };
  return { fake, access: { ...base, ...(now ? { now } : {}) } };
}

test('a role is assumed once, however many ask, and again before its credentials end', async () => {
  let now = new Date('2026-11-21T06:00:00Z');
  const { fake: aws, access } = await started(() => now);
  const credentials = memberCredentials({ role: ROLE }, access);
  const [first, second] = await Promise.all([credentials(), credentials()]);
  expect(second).toBe(first);
  now = new Date('2125-12-31T23:54:59Z');
  expect(await credentials()).toBe(first);
  now = new Date('2125-12-31T23:55:00Z');
  expect((await credentials()).accessKeyId).not.toBe(first.accessKeyId);
  expect(aws.callsPerApi().get('sts:AssumeRole')).toBe(2);
});

test('a refusal is not kept', async () => {
  const { fake: aws, access } = await started();
  aws.otherwise.push(denied('sts:AssumeRole'));
  const credentials = memberCredentials({ role: ROLE }, access);
  await expect(credentials()).rejects.toMatchObject({ name: 'AccessDenied' });
  aws.otherwise.pop();
  expect(await credentials()).toMatchObject({ accessKeyId: 'ASIAFAKE000000000000', sessionToken: 'session-of-ASIAFAKE000000000000' });
});

test('without a role: the caller’s own', async () => {
  const { access } = await started();
  expect(await memberCredentials({}, access)()).toEqual(FakeAws.keysOf(HUB));
});
