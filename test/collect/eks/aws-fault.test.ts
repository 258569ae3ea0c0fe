import { expect, test } from '@jest/globals';
import { awsRefusal, isMissing } from '../../../lambda/collect/eks/aws-fault.ts';

function said(name: string, message: string, status?: number): string {
  const error = Object.assign(new Error(message), { name, ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }) });
  const { code, message: words } = awsRefusal(error, 'eks:ListAddons');
  return `${code}: ${words}`;
}

test.each([
  ['AccessDeniedException', 'User: x is not authorized to perform: eks:ListAddons on resource: y', 'forbidden: may not call eks:ListAddons'],
  ['AccessDenied', 'User: x is not authorized to perform: sts:AssumeRole on resource: y', 'forbidden: may not call sts:AssumeRole'],
  ['UnauthorizedOperation', 'You are not authorized to perform this operation.', 'forbidden: may not call eks:ListAddons'],
  ['AccessDeniedException', 'User: x is not authorized to perform: eks:ListAddons with an explicit deny in a service control policy', 'forbidden: may not call eks:ListAddons (a service control policy denies it)'],
  ['ExpiredTokenException', 'x', 'unauthorized: AWS does not accept the credentials for eks:ListAddons (ExpiredTokenException)'],
  ['UnrecognizedClientException', 'x', 'unauthorized: AWS does not accept the credentials for eks:ListAddons (UnrecognizedClientException)'],
  ['AuthFailure', 'x', 'unauthorized: AWS does not accept the credentials for eks:ListAddons (AuthFailure)'],
  ['AbortError', 'x', 'timeout: eks:ListAddons took too long'],
  ['TimeoutError', 'x', 'timeout: eks:ListAddons took too long'],
  ['RequestLimitExceeded', 'x', 'unavailable: eks:ListAddons was throttled until there was no time left (RequestLimitExceeded)'],
  ['ThrottlingException', 'x', 'unavailable: eks:ListAddons was throttled until there was no time left (ThrottlingException)'],
  ['ResourceNotFoundException', 'x', 'unavailable: eks:ListAddons: what it asks for does not exist any more'],
])('%s: %s', (name, message, words) => {
  expect(said(name, message, 400)).toBe(words);
});

test('what AWS answers and what does not answer are two things, and neither breaks a line', () => {
  expect(said('ServerException', 'oh\nno', 500)).toBe('unavailable: eks:ListAddons failed: oh no (ServerException)');
  expect(said('Error', 'connect ECONNREFUSED 127.0.0.1:1')).toBe('unreachable: eks:ListAddons failed: connect ECONNREFUSED 127.0.0.1:1');
  expect(awsRefusal('odd', 'iam:GetRole')).toEqual({ code: 'unreachable', message: 'iam:GetRole failed: odd' });
});

test('what is missing', () => {
  const missing = (name: string) => isMissing(Object.assign(new Error(), { name }));
  expect(['ResourceNotFoundException', 'NoSuchEntityException', 'NoSuchEntity', 'InvalidLaunchTemplateId.NotFound'].map(missing)).toEqual([true, true, true, true]);
  expect(['AccessDeniedException', 'InvalidGroup.NotFound', 'NotFound'].map(missing)).toEqual([false, false, false]);
});
