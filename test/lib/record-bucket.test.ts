import { describe, expect, test } from '@jest/globals';
import { NEVER_DELETED, SETTINGS_KEPT, WRITTEN_ONCE } from '../../lib/record-bucket.ts';
import { LARGE, SMALL, givenStack } from './given-stack.ts';
import { judge, statementsOf, type Statement, type Verdict } from './policy-evaluator.ts';
import { ACCOUNT, REGION, resolveTemplate } from './resolved-template.ts';

const template = resolveTemplate(givenStack(LARGE));
const bucket = template.arnOf('AWS::S3::Bucket', 'RecordBucket');
const policy = statementsOf(template.one('AWS::S3::BucketPolicy', 'RecordBucketPolicy').Properties['PolicyDocument']);

const ADMIN = `arn:aws:iam::${ACCOUNT}:role/admin`;
const SECURE = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };

/** What the bucket's own policy says; `not-allowed`: nothing, so IAM decides. */
function ask(action: string, key: string, context: Readonly<Record<string, string | readonly string[]>> = {}, principal = ADMIN): Verdict {
  return judge(policy, { action, resource: key === '' ? bucket : `${bucket}/${key}`, principal, context: { ...SECURE, 'aws:PrincipalArn': principal, ...context } });
}

function named(sid: string): Statement | undefined {
  return policy.find(({ Sid }) => Sid === sid);
}

describe('the record defends itself', () => {
  test.each(['seals/000000000001.json', 'history/changes/dt=2026-11-21/1.jsonl.gz', 'announced/platform/start.json', 'state/one.json.gz'])('%s is deleted by nobody', (key) => {
    expect([ask('s3:DeleteObject', key), ask('s3:DeleteObjectVersion', key)]).toEqual(['denied', 'denied']);
    expect(ask('s3:DeleteObject', key, {}, LARGE.breakGlassRole)).toBe('denied');
  });

  test('what a run only works with may be deleted', () => {
    expect([ask('s3:DeleteObject', 'runs/1/scope.json'), ask('s3:DeleteObject', 'staged/1/2/x')]).toEqual(['not-allowed', 'not-allowed']);
  });

  test.each(['seals/000000000001.json', 'history/coverage/dt=2026-11-21/1.jsonl.gz'])('%s is put only where nothing is', (key) => {
    expect(ask('s3:PutObject', key)).toBe('denied');
    expect(ask('s3:PutObject', key, { 's3:if-none-match': '*' })).toBe('not-allowed');
  });

  test.each(['state/one.json.gz', 'announced/platform/000000000001.json', 'runs/1/scope.json', 'hints/newest-seal.json'])('%s may be replaced', (key) => {
    expect(ask('s3:PutObject', key)).toBe('not-allowed');
  });

  test.each(['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutLifecycleConfiguration', 's3:PutBucketVersioning', 's3:DeleteBucket'])('%s is for the break-glass role and for CloudFormation', (action) => {
    expect(ask(action, '')).toBe('denied');
    expect(ask(action, '', {}, LARGE.breakGlassRole)).toBe('not-allowed');
    expect(ask(action, '', {}, `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`)).toBe('not-allowed');
    expect(ask(action, '', { 'aws:CalledVia': ['cloudformation.amazonaws.com'] })).toBe('not-allowed');
    expect(ask(action, '', { 'aws:CalledVia': ['athena.amazonaws.com'] })).toBe('denied');
  });

  test('nobody reads or writes it without TLS', () => {
    expect(ask('s3:GetObject', 'seals/1', { 'aws:SecureTransport': 'false' })).toBe('denied');
    expect(ask('s3:GetObject', 'seals/1', { 's3:TlsVersion': '1.1' })).toBe('denied');
  });

  test('its statements have names by which an environment that does not know a condition can leave one out', () => {
    expect([NEVER_DELETED, WRITTEN_ONCE, SETTINGS_KEPT].map((sid) => named(sid)?.Effect)).toEqual(['Deny', 'Deny', 'Deny']);
    expect(named(WRITTEN_ONCE)).toEqual({
      Sid: WRITTEN_ONCE,
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:PutObject',
      Resource: [`${bucket}/history/*`, `${bucket}/seals/*`],
      Condition: { Null: { 's3:if-none-match': 'true' } },
    });
  });

  test('without a break-glass role IAM decides who changes its settings', () => {
    const small = resolveTemplate(givenStack(SMALL));
    const statements = statementsOf(small.one('AWS::S3::BucketPolicy', 'RecordBucketPolicy').Properties['PolicyDocument']);
    expect(statements.map(({ Sid }) => Sid).filter((sid) => sid !== undefined)).toEqual([NEVER_DELETED, WRITTEN_ONCE]);
  });
});

test('the bucket keeps every version, is nobody else’s, and lets nothing of the record expire', () => {
  const { Properties } = template.one('AWS::S3::Bucket', 'RecordBucket');
  expect(Properties['VersioningConfiguration']).toEqual({ Status: 'Enabled' });
  expect(Properties['OwnershipControls']).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
  expect(Properties['PublicAccessBlockConfiguration']).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
  const { Rules } = Properties['LifecycleConfiguration'] as { Rules: { Prefix?: string; ExpirationInDays?: number; NoncurrentVersionExpiration?: object }[] };
  expect(Rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined).map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays])).toEqual([
    ['runs/', 30],
    ['staged/', 90],
  ]);
  // What lies under seals, history and announced keeps every version that was ever there: one that was written over is evidence.
  expect(Rules.filter(({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration).map(({ Prefix }) => Prefix)).toEqual(['runs/', 'staged/', 'state/', 'hints/']);
});

test('both buckets outlive the stack, and the record its policy too', () => {
  const fates = (type: string): string[][] => template.idsOf(type).map((id) => {
    const { DeletionPolicy, UpdateReplacePolicy } = template.resources[id] as unknown as { readonly DeletionPolicy: string; readonly UpdateReplacePolicy: string };
    return [id.replace(/[0-9A-F]{8}$/, ''), DeletionPolicy, UpdateReplacePolicy];
  });
  expect(fates('AWS::S3::Bucket')).toEqual([
    ['RecordAccessLogs', 'Retain', 'Retain'],
    ['RecordBucket', 'Retain', 'Retain'],
  ]);
  expect(fates('AWS::S3::BucketPolicy')).toContainEqual(['RecordBucketPolicy', 'Retain', 'Retain']);
});
